extension FirstPack {
  static let mutex = #"""
    #: title The mutex
    #: tell
    # A mutex is a lock that the system makes for you. `lock m` takes it, and waits
    # if somebody else has it: asleep, not spinning. `unlock m` gives it back, and
    # wakes one of those who wait.
    #
    # What stands between the two is run by one task at a time. The name comes from
    # mutual exclusion.
    #
    # `shared n`, `mutex m` and `program ...` declare things; `locks` shows who
    # holds what.
    #: given
    shared n = 0
    program bump { n = n + 1 }

    #: task fix bump
    # Make `bump` right, with one mutex. You have to declare it: `mutex m`. Then
    # type the program again, with `lock m` and `unlock m`, and `check` it.
    #: ban atomic when await down receive
    #: keep n = n + 1
    #: most 1 mutex
    #: scene
    spawn bump x2
    #: scene
    shared n = 10
    spawn bump x3
    #: solution
    mutex m
    program bump { lock m; n = n + 1; unlock m }
    #: hint
    # Which steps must not be torn apart?
    #: hint
    # The lock before the read, and the unlock after the write.
    #: hint
    # program bump { lock m; n = n + 1; unlock m }
    #: remark
    # It holds for every order of steps and for any number of tasks. `check` looks
    # at the end, too: no task may leave a lock behind.

    #: task predict
    # Two such tasks run in turn. Task 1 has the lock, and task 2 asks for it. How
    # many steps does task 2 make while it waits?
    #: given
    mutex m
    program bump { lock m; n = n + 1; unlock m }
    spawn bump x2
    step 2
    #: answer 0
    #: wrong 2
    # Watch `queue`: task 2 does not stand there.
    #: hint
    # `ps`: which state is task 2 in?
    #: hint
    # Who waits is not ready.
    #: hint
    # None at all.
    #: check
    assert state(2) == waiting
    step 2
    assert dispatches(2) == 1 + $answer

    #: task name
    # And if a programmer forgets the lock in one place of many?
    #: choice The system finds the mistake when the program is compiled.
    #: choice The task waits anyway.
    #: choice The update may be lost: a lock protects only among those who take it.
    #: answer c
    #: wrong b
    # Nobody but `lock` waits. The variable does not know of the mutex.
    #: hint
    # What connects n and m? Look at the program.
    #: hint
    # Nothing but your habit.
    #: hint
    # Not a, and not b.
    #: check
    assert n == 0
    """#
}
