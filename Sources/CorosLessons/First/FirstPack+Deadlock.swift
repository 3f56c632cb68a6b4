extension FirstPack {
  static let deadlock = #"""
    #: title The deadly embrace
    #: tell
    # With two locks a new mistake is possible. One task takes a and then b. The
    # other takes b and then a. Most of the time all is well.
    #: given
    mutex a, b
    program ab { lock a; lock b; unlock b; unlock a }
    program ba { lock b; lock a; unlock a; unlock b }

    #: task break
    # Bring both tasks to a point from which neither can ever go on.
    #: given
    spawn ab
    spawn ba
    policy manual
    #: best 2
    #: check
    assert deadlock
    #: solution
    replay schedule1@0@manual@1.2.2.1
    #: hint
    # Each should hold what the other one wants.
    #: hint
    # Let task 1 take a, and task 2 take b.
    #: hint
    # `pick 1`, `step`, `pick 2`, `step`; then let both ask for their second lock.
    #: remark
    # `why 1` shows the circle: 1 waits for 2, and 2 waits for 1. A deadlock needs
    # such a circle.

    #: task fix ba ab
    # Change the programs so that there can be no deadlock. Both locks must still be
    # held at once by each task, and you get no third one.
    #: ban atomic trylock when
    #: most 0 mutex
    #: most 0 semaphore
    #: possible holds(1) == 2
    #: possible holds(2) == 2
    #: scene
    spawn ab
    spawn ba
    #: scene
    spawn ba x2
    spawn ab
    #: solution
    program ba { lock a; lock b; unlock b; unlock a }
    #: hint
    # The circle needs two orders.
    #: hint
    # Let both tasks take the locks in the same order.
    #: hint
    # program ba { lock a; lock b; unlock b; unlock a }
    #: remark
    # One order for all locks: that is the rule by which Linux avoids deadlocks,
    # with thousands of locks. The order is written down in comments.
    """#
}
