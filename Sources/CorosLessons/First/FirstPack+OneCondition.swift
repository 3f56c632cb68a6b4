extension FirstPack {
  static let oneCondition = #"""
    #: title One bell for two
    #: tell
    # A buffer with room for one value. Producers wait until it is empty, consumers
    # until it is full, and all of them wait for the same condition.
    #
    # `while` is there. Is that enough?
    #: given
    shared full = 0, taken = 0
    mutex m
    condition change on m
    program producer {
      lock m
      while full == 1 { wait change }
      full = 1
      signal change
      unlock m
    }
    program consumer {
      lock m
      while full == 0 { wait change }
      full = 0
      taken += 1
      signal change
      unlock m
    }

    #: task predict
    # One producer and one consumer: does it ever go wrong? Let `explore` try every
    # order. How many failures does it find?
    #: given
    spawn producer
    spawn consumer
    #: answer 0
    #: hint
    # Type `explore`.
    #: hint
    # With two tasks a signal can only reach the right one.
    #: hint
    # None.
    #: check
    explore
    assert $answer == 0

    #: task break
    # Now two producers and two consumers. Bring about a deadlock: all who are
    # left sleep.
    #: given
    reset
    spawn consumer x2
    spawn producer x2
    policy manual
    #: check
    assert deadlock
    #: solution
    explore || assert deadlock
    #: hint
    # A signal wakes one sleeper. What if it is the wrong one?
    #: hint
    # Both consumers sleep. A producer fills the buffer and wakes one. The other
    # producer goes to sleep, too: the buffer is full. Then the consumer signals.
    #: hint
    # If you cannot find it, let `explore` find it, and go through it with `back`
    # and `step`.
    #: remark
    # The consumer meant to wake a producer, and woke the other consumer, who went
    # back to sleep. The signal was lost on it.

    #: task fix producer consumer
    # Repair it, and change one word in each program. There must be no second
    # condition yet: that is the next lesson.
    #: keep wait change
    #: ban atomic when await
    #: most 0 condition
    #: most 0 mutex
    #: scene
    spawn consumer x2
    spawn producer x2
    #: solution
    program producer {
      lock m
      while full == 1 { wait change }
      full = 1
      broadcast change
      unlock m
    }
    program consumer {
      lock m
      while full == 0 { wait change }
      full = 0
      taken += 1
      broadcast change
      unlock m
    }
    #: hint
    # If you do not know whom to wake ...
    #: hint
    # ... wake all of them. They look again anyway.
    #: hint
    # `broadcast` instead of `signal`.
    #: remark
    # It is right, and wasteful: all wake up, and all but one go back to sleep.
    """#
}
