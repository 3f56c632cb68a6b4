extension FirstPack {
  static let twoConditions = #"""
    #: title Two conditions
    #: tell
    # Whoever waits for something else should wait somewhere else. So there are two
    # conditions: `space` for producers, `items` for consumers. A signal can then
    # only wake one of the right kind.
    #
    # But somebody has mixed them up here.
    #: given
    shared full = 0, taken = 0
    mutex m
    condition space on m, items on m
    program producer {
      lock m
      while full == 1 { wait space }
      full = 1
      signal space
      unlock m
    }
    program consumer {
      lock m
      while full == 0 { wait items }
      full = 0
      taken += 1
      signal items
      unlock m
    }

    #: task break
    # One of each is enough: bring about a deadlock.
    #: given
    spawn consumer
    spawn producer
    policy manual
    #: check
    assert deadlock
    #: solution
    replay schedule1@0@manual@1x3.2x6
    #: hint
    # The consumer sleeps. Whom does the producer wake?
    #: hint
    # Let the consumer go to sleep first.
    #: hint
    # Pick 1 until it waits, and then pick 2 until it has ended.

    #: task fix producer consumer
    # Repair it. `broadcast` is not allowed: each signal must reach the right one.
    #: ban broadcast atomic when await
    #: keep wait space
    #: keep wait items
    #: most 0 condition
    #: most 0 mutex
    #: scene
    spawn consumer x2
    spawn producer x2
    #: scene
    spawn producer x2
    spawn consumer
    spawn consumer
    #: solution
    program producer {
      lock m
      while full == 1 { wait space }
      full = 1
      signal items
      unlock m
    }
    program consumer {
      lock m
      while full == 0 { wait items }
      full = 0
      taken += 1
      signal space
      unlock m
    }
    #: hint
    # Who has filled the buffer should wake somebody who waits for items.
    #: hint
    # Swap the two names behind `signal`.
    #: hint
    # The producer signals `items`, the consumer signals `space`.
    #: remark
    # This is the bounded buffer, as every operating system has it: in pipes, in
    # queues of printers, in network cards.

    #: task name
    # In the right program, is `while` still needed? Could it be `if`, now that each
    # signal reaches the right kind of task?
    #: choice `if` would do: a signal cannot reach the wrong kind.
    #: choice `while` is needed: between signal and waking another consumer may come.
    #: answer b
    #: wrong a
    # It would reach the right kind, and too late.
    #: hint
    # Remember the lesson before the last.
    #: hint
    # A third task may take the mutex between the signal and the waking.
    #: hint
    # Not a.
    #: remark
    # You have come a long way: from one step to a program that two kinds of tasks
    # share, right in every order. `lesson list` shows your points.
    #: check
    assert taken == 0
    """#
}
