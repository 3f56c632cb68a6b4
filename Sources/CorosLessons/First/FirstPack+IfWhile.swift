extension FirstPack {
  static let ifWhile = #"""
    #: title If is not enough
    #: tell
    # A task wants to wait until something is there: a job in a list, a seat in a
    # room. A condition lets it sleep until then. `wait c` gives the mutex back and
    # sleeps, both at once. `signal c` wakes one sleeper, which takes the mutex
    # again before it goes on.
    #
    # Between the signal and that moment somebody else may be faster.
    #: given
    shared items = 0
    mutex m
    condition some on m
    program consumer {
      lock m
      if items == 0 { wait some }
      items -= 1
      assert items >= 0
      unlock m
    }
    program producer { lock m; items += 1; signal some; unlock m }

    #: task break
    # Two consumers and two producers. Let a consumer take what is not there: it
    # fails.
    #: given
    spawn consumer x2
    spawn producer x2
    policy manual
    #: check
    assert status(1) == failed or status(2) == failed
    #: solution
    replay schedule1@0@manual@1x3.3x6.2x7.1x5
    #: hint
    # One consumer sleeps, and is woken. Who could be faster?
    #: hint
    # The producer puts one item there, and signals. The second consumer takes it
    # before the first one has the mutex again.
    #: hint
    # 1 goes to sleep; 3 produces; 2 consumes; and then 1 goes on.

    #: task fix consumer
    # Change one word.
    #: keep items -= 1
    #: keep wait some
    #: ban atomic when await
    #: most 0 mutex
    #: never items < 0
    #: scene
    spawn consumer x2
    spawn producer x2
    #: scene
    spawn consumer
    spawn producer x2
    #: solution
    program consumer {
      lock m
      while items == 0 { wait some }
      items -= 1
      assert items >= 0
      unlock m
    }
    #: hint
    # After it was woken, the consumer should look again.
    #: hint
    # Which word means: look again, and again?
    #: hint
    # `while` instead of `if`.
    #: remark
    # A signal is a hint, and no promise. So the rule is: wait in a loop, always.
    """#
}
