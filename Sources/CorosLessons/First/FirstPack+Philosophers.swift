extension FirstPack {
  static let philosophers = #"""
    #: title The dining philosophers
    #: tell
    # Three philosophers sit around a table, with one fork between each two of them.
    # To eat, one needs both forks beside the plate. Dijkstra made this up in 1965,
    # and it is still the best picture of a deadlock.
    #: given
    mutex fork[3]
    program philosopher(i) {
      lock fork[i]
      lock fork[(i + 1) % 3]
      yield
      unlock fork[(i + 1) % 3]
      unlock fork[i]
    }

    #: task break
    # Let all three starve: bring about a deadlock.
    #: given
    spawn philosopher 0
    spawn philosopher 1
    spawn philosopher 2
    policy manual
    #: check
    assert deadlock and count(waiting) == 3
    #: solution
    replay schedule1@0@manual@1.2.3.1.2.3
    #: hint
    # Each should hold one fork.
    #: hint
    # Everybody takes the left fork first.
    #: hint
    # Pick 1, 2, 3, and again 1, 2, 3.

    #: task fix philosopher
    # Let nobody starve, whatever the order. Two forks per meal, and nothing new: no
    # further lock, no semaphore.
    #: ban atomic when await trylock while
    #: most 0 mutex
    #: most 0 semaphore
    #: possible holder(fork[0]) == 1 and holder(fork[1]) == 1
    #: possible holder(fork[1]) == 2 and holder(fork[2]) == 2
    #: possible holder(fork[2]) == 3 and holder(fork[0]) == 3
    #: scene
    spawn philosopher 0
    spawn philosopher 1
    spawn philosopher 2
    #: solution
    program philosopher(i) {
      if i == 2 {
        lock fork[0]
        lock fork[2]
      } else {
        lock fork[i]
        lock fork[i + 1]
      }
      yield
      unlock fork[(i + 1) % 3]
      unlock fork[i]
    }
    #: hint
    # A circle in which all do the same is the trouble. Who could do it otherwise?
    #: hint
    # Let everybody take the fork with the lower number first.
    #: hint
    # Philosopher 2 has the forks 2 and 0: that one takes 0 first.
    #: remark
    # The same rule as in the lesson on deadlock: one order for all locks.

    #: task name
    # Somebody suggests another way: a waiter who lets only two of the three sit
    # down at once. Does that help?
    #: choice No, two can starve as well.
    #: choice Yes: of two at a table with three forks, one always gets both.
    #: choice It depends on the scheduler.
    #: answer b
    #: wrong a
    # Each of the two holds one fork. There is a third one.
    #: hint
    # Three forks, two philosophers.
    #: hint
    # Each takes one. One fork is left.
    #: hint
    # Try it: a semaphore with 2, and `explore`.
    #: check
    semaphore waiter = 2
    program guest(i) { down waiter; lock fork[i]; lock fork[(i + 1) % 3]
      unlock fork[(i + 1) % 3]; unlock fork[i]; up waiter }
    spawn guest 0
    spawn guest 1
    spawn guest 2
    explore
    """#
}
