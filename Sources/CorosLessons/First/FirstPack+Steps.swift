extension FirstPack {
  static let steps = #"""
    #: title What is a step
    #: tell
    # A computer seems to do many things at once. With one CPU it does one thing
    # at a time, in small steps, and chooses anew before each step.
    #
    # Here you can watch the choice. Type `step`, and one task makes one step.
    # Press Return to make the next. `ps` lists the tasks, and `back` undoes a
    # step: nothing can be broken.
    #: given
    spawn hello
    spawn count 2

    #: task predict
    # Two tasks wait for the CPU. `hello` writes one line, `count 2` writes two.
    # The end of a task is a step, too. How many steps does it take until both
    # have ended? Try it: `step`, and Return.
    #: answer 5
    #: wrong 3
    # Three lines are written. But each task also has to end, and its end is a step.
    #: wrong 4
    # One of the two ends is missing.
    #: hint
    # Type `step`, then press Return until nothing is left, and count.
    #: hint
    # `hello` makes two steps: it writes, and it ends.
    #: hint
    # Two for `hello`, and three for `count 2`.
    #: remark
    # A step ends where a task hands the CPU back: with a system call, or with its
    # end. The clock counts the steps: `clock` tells the tick.
    #: check
    run
    assert tick == $answer

    #: task break
    # Now you are the one who chooses. Under the policy `manual` no task runs
    # until you pick it: `pick 2`, and then `step`. Let task 2 end while task 1
    # has not run at all.
    #: given
    policy manual
    #: check
    assert state(2) == exited and dispatches(1) == 0
    #: solution
    pick 2
    step
    pick 2
    step
    pick 2
    step
    #: hint
    # `pick 2`, `step`, and the same again.
    #: hint
    # `ps` shows how often each task has run, under RAN.
    #: hint
    # Task 2 needs three steps: pick it three times.
    #: remark
    # Whatever chooses among the tasks that are ready is called the scheduler. For
    # a moment that was you.
    """#
}
