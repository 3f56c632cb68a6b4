extension FirstPack {
  static let trylock = #"""
    #: title After you. No, after you!
    #: tell
    # Another way out of a deadlock: do not wait while you hold a lock. `trylock b`
    # takes the lock if it is free, and says whether it has. If not, give back what
    # you hold, and begin again.
    #: given
    mutex a, b
    shared done = 0
    program ab {
      var both = false
      while not both {
        lock a
        var ok = trylock b
        if ok { both = true } else { unlock a }
      }
      atomic { done += 1 }
      unlock b
      unlock a
    }
    program ba {
      var both = false
      while not both {
        lock b
        var ok = trylock a
        if ok { both = true } else { unlock b }
      }
      atomic { done += 1 }
      unlock a
      unlock b
    }
    spawn ab
    spawn ba

    #: task predict
    # Both take their first lock. Then both try the second. How many of the two
    # tasks have both locks then?
    #: answer 0
    #: wrong 1
    # Each of them holds what the other tries to take.
    #: hint
    # `step 4`, and `locks`.
    #: hint
    # Both have failed, and will give back their first lock.
    #: hint
    # Nobody has both.
    #: check
    step 4
    assert $answer == 0 and holds(1) < 2 and holds(2) < 2

    #: task name
    # If they go on in step for ever, they never get both. What is this called?
    # `explore` finds it by its name.
    #: choice deadlock
    #: choice livelock
    #: choice starvation
    #: answer b
    #: wrong a
    # In a deadlock nobody runs. These two are very busy.
    #: hint
    # They are alive, and get nowhere.
    #: hint
    # Type `explore`, and read what kind of failure it finds.
    #: hint
    # Not a.
    #: remark
    # Two people in a corridor do the same. Real systems wait for a random time
    # before they try again.
    #: check
    step 20
    assert count(live) == 2 and done == 0

    #: task break
    # It need not happen: let both tasks end well.
    #: given
    policy manual
    #: best 1
    #: check
    assert done == 2 and count(live) == 0
    #: solution
    replay schedule1@0@manual@1x6.2x6
    #: hint
    # What if one of them is alone?
    #: hint
    # Let one of them do all its work before the other one begins.
    #: hint
    # Pick 1 until it has ended, and then pick 2.
    """#
}
