extension FirstPack {
  static let rendezvous = #"""
    #: title A rendezvous
    #: tell
    # Two tasks are to meet: neither may go on before the other one has come. Two
    # semaphores do it. Each task says `I am here` with `up`, and waits for the
    # other with `down`.
    #
    # A semaphore without a number begins with no permit.
    #: given
    shared here = 0, there = 0
    semaphore a, b
    program left { here = 1; down b; up a; assert there == 1 }
    program right { there = 1; down a; up b; assert here == 1 }

    #: task predict
    # In these programs each task first waits, and then says that it is here. How
    # many tasks pass the meeting?
    #: given
    spawn left
    spawn right
    #: answer 0
    #: wrong 2
    # Try `run`.
    #: hint
    # Who does the first `up`?
    #: hint
    # Both wait for an `up` that comes behind a `down`.
    #: hint
    # Nobody passes.
    #: check
    step 4
    assert deadlock and $answer == 0

    #: task fix left right
    # Repair them. Both must still meet: the two asserts stay, and so do the two
    # semaphores.
    #: keep assert there == 1
    #: keep assert here == 1
    #: ban await when atomic while
    #: most 0 semaphore
    #: never status(1) == 0 and there == 0
    #: never status(2) == 0 and here == 0
    #: never count(live) == 0 and (value(a) > 0 or value(b) > 0)
    #: scene
    spawn left
    spawn right
    #: solution
    program left { here = 1; up a; down b; assert there == 1 }
    program right { there = 1; up b; down a; assert here == 1 }
    #: hint
    # In which order do you say hello and wait for an answer?
    #: hint
    # First `up`, then `down`, in both.
    #: hint
    # program left { here = 1; up a; down b; assert there == 1 }
    #: remark
    # It would also do to swap the lines in one of the two. Then that one always
    # speaks first: fine for two, and not for ten.
    """#
}
