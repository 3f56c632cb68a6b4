extension FirstPack {
  static let semaphores = #"""
    #: title Counting permits
    #: tell
    # A semaphore is a number of permits. `down s` takes one, and waits while there
    # is none. `up s` gives one back, and wakes one who waits.
    #
    # With one permit it is like a mutex. With three, at most three tasks are inside
    # at once: three seats, three printers, three connections.
    #
    # Anyone may give a permit, not only who took one. That makes it more than a
    # lock, and easier to get wrong.
    #: given
    shared inside = 0
    semaphore seats = 2
    program guest {
      down seats
      atomic { inside += 1 }
      yield
      atomic { inside -= 1 }
      up seats
    }

    #: task predict
    # Four guests run in turn. How many are inside at once, at most? (Try
    # `always inside <= 1`, and `run`.)
    #: given
    spawn guest x4
    #: answer 2
    #: wrong 4
    # The third one finds no permit, and waits.
    #: hint
    # How many permits are there?
    #: hint
    # `print value(seats)` tells it, and `ps` who waits.
    #: hint
    # As many as there are seats.
    #: check
    explore --always 'inside <= 2'
    explore --always 'inside < 2' || assert $answer == 2

    #: task fix guest
    # Somebody wants a yield between the semaphore and the seat, and forgot to give
    # the permit back. Repair the guest: nobody may wait for ever, and two must be
    # able to sit at once, but never three.
    #: given
    program guest {
      down seats
      yield
      atomic { inside += 1 }
      yield
      atomic { inside -= 1 }
    }
    #: keep down seats
    #: ban mutex lock
    #: possible inside == 2
    #: never inside > 2
    #: never count(live) == 0 and value(seats) != 2
    #: scene
    spawn guest x3
    #: solution
    program guest {
      down seats
      yield
      atomic { inside += 1 }
      yield
      atomic { inside -= 1 }
      up seats
    }
    #: hint
    # `spawn guest x3`, `run`: who waits, and for what?
    #: hint
    # Each `down` needs an `up`.
    #: hint
    # Put `up seats` at the end.
    #: remark
    # The count says how many more `down`s than `up`s there may be. Lose one permit
    # a day, and the system stops after a while.
    """#
}
