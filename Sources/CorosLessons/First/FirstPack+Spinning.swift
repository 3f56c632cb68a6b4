extension FirstPack {
  static let spinning = #"""
    #: title What waiting costs
    #: tell
    # A task can wait in two ways. It can ask again and again, which is called
    # spinning. Or it can sleep, and have itself woken.
    #
    # Here is a lock that spins. While another task is inside, each round of the
    # loop costs a step, and achieves nothing.
    #: given
    shared busy = false, n = 0
    program worker {
      var got = false
      while not got { atomic { if not busy { busy = true; got = true } } }
      repeat 5 { yield }
      n += 1
      busy = false
    }
    spawn worker x2

    #: task predict
    # A worker alone needs 10 steps: 1 for the lock, 5 for `yield`, 2 for n, 1 to
    # give the flag back, 1 for its end. Two workers run in turn. How many steps
    # are made in all?
    #: answer 28
    #: wrong 20
    # It would be 20 if nobody had to wait. `run`, and look at the clock.
    #: hint
    # `run`, then `clock`.
    #: hint
    # While the first worker makes its 9 steps inside, the second makes steps, too.
    #: hint
    # 20, and 8 that were wasted.
    #: check
    run
    assert tick == $answer

    #: task predict
    # Now the same with `when`, which sleeps. How many steps in all?
    #: given
    reset
    program worker {
      when not busy { busy = true }
      repeat 5 { yield }
      n += 1
      busy = false
    }
    spawn worker x2
    #: answer 21
    #: hint
    # `run`, then `clock`.
    #: hint
    # Going to sleep is a step, too.
    #: hint
    # 20, and one.
    #: remark
    # Spinning costs nothing only if nobody else could use the CPU: with several
    # CPUs and very short waits it can be the better way.
    #: check
    run
    assert tick == $answer
    """#
}
