extension FirstPack {
  static let readers = #"""
    #: title Readers and writers
    #: tell
    # Many may read a newspaper at once. But whoever writes needs it alone. A plain
    # mutex would let one reader at a time in: right, and too slow.
    #
    # The trick: the first reader takes the room for all readers, and the last one
    # gives it back. `readers` counts them.
    #: given
    shared readers = 0, reading = 0, value = 0
    semaphore room = 1
    program reader {
      readers += 1
      if readers == 1 { down room }
      atomic { reading += 1 }
      var before = value
      var later = value
      atomic { reading -= 1 }
      assert before == later
      readers -= 1
      if readers == 0 { up room }
    }
    program writer {
      down room
      value += 1
      up room
    }

    #: task name
    # It does not work yet. Type `spawn reader x2`, `spawn writer`, and `explore`.
    # What is wrong?
    #: choice The writer does not ask for the room.
    #: choice `readers += 1` and the question behind it are not one step.
    #: choice There must be two rooms.
    #: answer b
    #: wrong a
    # It does: `down room`.
    #: hint
    # Look at the schedule that `explore` finds, with `back` and `step`.
    #: hint
    # Which variable do several readers change?
    #: hint
    # `readers` is changed without protection.
    #: check
    spawn reader x2
    spawn writer
    explore || assert tick > 0

    #: task fix reader
    # Repair the reader, with one mutex. Two readers must still be able to read at
    # the same time!
    #: keep var before = value
    #: keep var later = value
    #: keep assert before == later
    #: keep atomic { reading += 1 }
    #: ban when await while
    #: most 1 mutex
    #: most 0 semaphore
    #: possible reading == 2
    #: never reading > 0 and value(room) > 0
    #: never count(live) == 0 and value(room) != 1
    #: scene
    spawn reader x2
    spawn writer
    #: scene
    spawn reader
    spawn writer x2
    #: solution
    mutex m
    program reader {
      lock m
      readers += 1
      if readers == 1 { down room }
      unlock m
      atomic { reading += 1 }
      var before = value
      var later = value
      atomic { reading -= 1 }
      assert before == later
      lock m
      readers -= 1
      if readers == 0 { up room }
      unlock m
    }
    #: hint
    # Protect the counting, not the reading.
    #: hint
    # Each of the two `if`s belongs to the line before it, in one lock.
    #: hint
    # `lock m` and `unlock m` around the first two lines, and around the last two.
    #: remark
    # If readers keep coming, a writer waits for ever: it starves. There are ways
    # around that, and each costs the readers something. `rwlock` makes such a lock.
    """#
}
