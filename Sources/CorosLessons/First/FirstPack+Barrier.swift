extension FirstPack {
  static let barrier = #"""
    #: title The barrier
    #: tell
    # Many tasks work in rounds, as in a simulation of the weather: nobody may begin
    # the next round before all have ended this one. The place where they wait for
    # each other is called a barrier.
    #
    # `barrier door 3` makes one for three tasks, and `arrive door` waits until
    # three have arrived.
    #
    # Here is one that was built by hand: each task counts itself, and the last one
    # opens the gate.
    #: given
    shared arrived = 0, n = 0
    semaphore gate
    program worker {
      n += 1
      arrived += 1
      if arrived == 3 { repeat 3 { up gate } }
      down gate
    }

    #: task break
    # Bring it about that all three tasks wait at the gate for ever.
    #: given
    spawn worker x3
    policy manual
    #: check
    assert deadlock and count(waiting) == 3
    #: solution
    replay schedule1@0@manual@1x2.2x2.3x2.1.2.3.1.2.3.1x2.2x2.3x2
    #: hint
    # The gate opens when `arrived` becomes 3. How could it not?
    #: hint
    # `arrived += 1` is a read and a write. You know what can happen in between.
    #: hint
    # Let all three read `arrived` before the first of them writes it.
    #: remark
    # A lost update, again, and this time it stops the whole program.

    #: task fix worker
    # Repair the worker. You may have one mutex. The gate stays: nobody may pass it
    # before all three have arrived, and afterwards it is shut again.
    #: keep down gate
    #: ban atomic when await while barrier
    #: most 1 mutex
    #: never count(exited) > 0 and arrived < 3
    #: never count(live) == 0 and value(gate) > 0
    #: scene
    spawn worker x3
    #: solution
    mutex m
    program worker {
      lock m
      n += 1
      arrived += 1
      if arrived == 3 { repeat 3 { up gate } }
      unlock m
      down gate
    }
    #: hint
    # Which lines must not be torn apart?
    #: hint
    # The counting and the question belong together. The wait at the gate does not.
    #: hint
    # `lock m` before the first line, `unlock m` before `down gate`.
    #: remark
    # Never wait for others while you hold what they need: with `down gate` inside
    # the lock nobody else could arrive.
    """#
}
