extension FirstPack {
  static let flag = #"""
    #: title A flag is no lock
    #: tell
    # Only one task at a time may be in a certain piece of code: the critical
    # section. In our language it is written `critical { }`, and a task fails if
    # another one is inside already.
    #
    # The first idea is a flag. Wait until nobody is busy; then say that you are:
    #
    #     await not busy
    #     busy = true
    #     critical { }
    #     busy = false
    #
    # `await` waits for a condition without using the CPU.
    #: given
    shared busy = false
    program enter {
      await not busy
      busy = true
      critical { }
      busy = false
    }
    spawn enter x2

    #: task break
    # Break it: bring both tasks into the critical section, so that one fails.
    #: given
    policy manual
    #: best 2
    #: check
    assert status(1) == failed or status(2) == failed
    #: solution
    pick 1
    step
    pick 2
    step
    pick 2
    step
    pick 2
    step
    pick 1
    step
    pick 1
    step
    pick 1
    step
    #: hint
    # Both must get past `await` before one sets the flag.
    #: hint
    # Task 1 sees that nobody is busy, and then loses the CPU.
    #: hint
    # Pick 1 once. Then pick 2 until it is inside, and then 1.

    #: task name
    # Between which two lines does it go wrong?
    #: choice Between `await not busy` and `busy = true`.
    #: choice Between `busy = true` and `critical { }`.
    #: choice Between `critical { }` and `busy = false`.
    #: answer a
    #: wrong b
    # At that point the flag is set: others wait.
    #: hint
    # After which line does the task know something that may be wrong by now?
    #: hint
    # It has looked at the flag, and not set it yet.
    #: hint
    # The first place.
    #: remark
    # To look and to act are two steps. What you saw may be wrong when you act.
    # This is called check-then-act.
    #: check
    policy manual
    pick 1
    step
    pick 2
    step
    """#
}
