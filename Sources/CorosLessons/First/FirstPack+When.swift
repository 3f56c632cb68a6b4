extension FirstPack {
  static let when = #"""
    #: title To look and to act at once
    #: tell
    # The flag failed since looking and setting were two steps. Every CPU has an
    # instruction that does both in one: test-and-set, exchange, compare-and-swap.
    #
    # In our language `when` does it. `when e { ... }` waits until e holds, and
    # then does the block in the very same step.
    #: given
    shared busy = false, n = 0
    program enter {
      await not busy
      busy = true
      critical { n += 1 }
      busy = false
    }

    #: task fix enter
    # Fix `enter`, so that never two tasks are inside. Type the whole program again
    # (or `edit enter`), try it with `spawn enter x2` and `explore`, and then type
    # `check`.
    #: ban mutex lock semaphore down
    #: keep critical { n += 1 }
    #: scene
    spawn enter x2
    #: scene
    spawn enter x3
    #: solution
    program enter { when not busy { busy = true }
      critical { n += 1 }
      busy = false }
    #: hint
    # Which two lines must become one step?
    #: hint
    # `when not busy { ... }` waits, and does the block in the same step.
    #: hint
    # when not busy { busy = true }
    #: remark
    # This is a lock, the smallest there is.

    #: task name
    # Two tasks wait in `when`. The flag is cleared. Who enters?
    #: choice Both: the condition holds for both.
    #: choice One. The other one looks again, and finds the flag set.
    #: choice Nobody, until the clock ticks.
    #: answer b
    #: wrong a
    # The first to do its step sets the flag in the same step.
    #: hint
    # Steps come one after the other, always.
    #: hint
    # After the first of the two steps, what is the flag?
    #: hint
    # Not both.
    #: check
    program enter { when not busy { busy = true }
      critical { n += 1 }
      busy = false }
    spawn enter x3
    explore
    """#
}
