extension FirstPack {
  static let race = #"""
    #: title The lost update
    #: tell
    # Two tasks share a number n, and each adds 1 to it. What could go wrong?
    #
    # `n = n + 1` looks like one thing. To the machine it is two: read n, then
    # write n. Between the two steps another task may run.
    #
    # `program bump` shows the program, `print n` the number.
    #: given
    shared n = 0
    program bump { n = n + 1 }
    spawn bump x2

    #: task predict
    # Both tasks run to their end, one step each in turn. What is n then?
    #: answer 1
    #: wrong 2
    # It should be. Step through it, and read what each step reads and writes.
    #: hint
    # `step`, and Return. Each line says what was read or written.
    #: hint
    # Both read before one of them writes.
    #: hint
    # Both read 0, so both write 1.
    #: remark
    # One of the two updates is lost. It is lost at the first try here; on a real
    # machine it may take a million tries, and then it happens at night.
    #: check
    run
    assert n == $answer

    #: task break
    # It need not go wrong. You are the scheduler: let n end as 2. Use `pick 1` or
    # `pick 2`, and then `step`.
    #: given
    policy manual
    #: best 1
    #: check
    assert n == 2 and count(live) == 0
    #: solution
    pick 1
    step
    pick 1
    step
    pick 1
    step
    pick 2
    step
    pick 2
    step
    pick 2
    step
    #: hint
    # A task should write before the other one reads.
    #: hint
    # Let one task do all its work before the other begins.
    #: hint
    # Pick 1 three times, and then 2 three times.
    #: remark
    # Whether the program is right depends on who runs when. This is called a race
    # condition.

    #: task name
    # Is `n = n + 1` right, if it came out as 2 in a thousand runs?
    #: choice Yes: a thousand runs are enough.
    #: choice No: one order of steps that gives 1 is enough to be wrong.
    #: choice It depends on the speed of the CPU.
    #: answer b
    #: wrong a
    # You have just seen the order that gives 1. It is possible in every run.
    #: hint
    # What did the first task of this lesson show?
    #: hint
    # Type `explore --check 'n == 2'`: it tries every order.
    #: hint
    # Not a, and not c.
    #: check
    assert n == 0
    """#
}
