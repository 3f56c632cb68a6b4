extension FirstPack {
  static let waiting = #"""
    #: title Waiting
    #: tell
    # A task that waits needs no CPU. It leaves the line, and comes back when what
    # it waits for has happened. So a task is in one of three states: running,
    # ready, or waiting.
    #
    # `patience 5` starts a child that needs 20 ticks, and waits for it, but at
    # most 5 ticks; then it kills it. Make steps, and look at `ps` in between.
    # `why 1` explains why task 1 does not run.
    #: given
    spawn patience 5

    #: task break
    # Make steps until task 1 waits for its child.
    #: check
    assert state(1) == waiting
    #: solution
    step 3
    #: hint
    # `step`, then `ps`, and again.
    #: hint
    # First it makes the child. Then the child runs, and then task 1 asks to wait.
    #: hint
    # Three steps.
    #: remark
    # A task that waits is said to be blocked.

    #: task predict
    # `sleepers 2` starts two tasks that sleep. How many steps of a task are made
    # while all of them sleep?
    #: given
    kill all
    spawn sleepers 2
    #: answer 0
    #: wrong 10
    # The clock goes on, but no task runs meanwhile.
    #: hint
    # Who could make a step?
    #: hint
    # `step` through it: the clock jumps.
    #: hint
    # Nobody is ready, so nobody runs.
    #: remark
    # When nothing is ready, the CPU is idle. A real CPU sleeps until an interrupt;
    # our clock jumps to the next alarm.
    #: check
    assert $answer == 0
    run

    #: task name
    # Task 1 waits for task 2, and task 2 waits for task 1. Run it: `run`, then
    # `why 1`. What is this called?
    #: given
    reset
    spawn circle 2
    #: choice starvation
    #: choice deadlock
    #: choice a race
    #: answer b
    #: wrong a
    # A task that starves is ready, and others always go first. These are not even
    # ready.
    #: hint
    # `run` ends with a word for it.
    #: hint
    # Neither can ever go on.
    #: hint
    # It begins with d.
    #: check
    step 4
    assert deadlock
    """#
}
