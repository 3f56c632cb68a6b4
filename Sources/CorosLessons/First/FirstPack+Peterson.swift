extension FirstPack {
  static let peterson = #"""
    #: title Peterson's two lines
    #: tell
    # Can two tasks exclude each other with plain variables alone, without `when`
    # or any other help? It took years to find out how. This is the answer that
    # Peterson gave in 1981:
    #
    #     wants[i] = true      I want to enter,
    #     turn = 1 - i         but after you.
    #     while wants[1 - i] and turn == 1 - i { }
    #
    # Here somebody has swapped the first two lines. Does it matter?
    #: given
    shared wants[2] = false, turn = 0, n = 0
    program peer(i) {
      turn = 1 - i
      wants[i] = true
      while wants[1 - i] and turn == 1 - i { }
      critical { n += 1 }
      wants[i] = false
    }

    #: task break
    # Bring both tasks into the critical section, so that one of them fails.
    #: given
    spawn peer 0
    spawn peer 1
    policy manual
    #: best 2
    #: check
    assert status(1) == failed or status(2) == failed
    #: solution
    replay schedule1@0@manual@2.1x4.2x5
    #: hint
    # A task that enters must not know that the other one wants to enter.
    #: hint
    # One task gives away its turn, and stops there. The other one runs until it is
    # inside.
    #: hint
    # Pick 2 once, 1 four times, and then 2.
    #: remark
    # After its first line task 2 had said `after you`, but not that it wants in.

    #: task fix peer
    # Repair it with nothing but plain variables. Then `check` tries every order.
    #: ban when await atomic lock mutex semaphore down
    #: keep critical { n += 1 }
    #: scene
    spawn peer 0
    spawn peer 1
    #: scene
    spawn peer 0
    #: scene
    spawn peer 1
    #: solution
    program peer(i) {
      wants[i] = true
      turn = 1 - i
      while wants[1 - i] and turn == 1 - i { }
      critical { n += 1 }
      wants[i] = false
    }
    #: hint
    # What did Peterson do first?
    #: hint
    # First say that you want to enter. Then be polite.
    #: hint
    # Swap the first two lines of the program.
    #: remark
    # On a real CPU this is still not enough: it may reorder the two writes by
    # itself. That is one reason why locks come from the system.
    """#
}
