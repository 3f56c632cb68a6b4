extension FirstPack {
  static let killing = #"""
    #: title Ending, and being ended
    #: tell
    # A task ends in one of three ways. It comes to its end, with a number that
    # says how it went: 0 for well. It fails. Or somebody kills it.
    #
    # Whoever started it can wait for that and learn the number. Here are two
    # endless tasks. `kill 1` ends the first. `info 1` tells what is known of it.
    #: given
    spawn spin
    spawn spin

    #: task break
    # End both tasks, and no other way than by `kill`.
    #: allow kill
    #: check
    assert count(live) == 0 and status(1) == killed and status(2) == killed
    #: solution
    kill 1
    kill 2
    #: hint
    # `help kill` shows how it is written.
    #: hint
    # `kill 1`, and the same for the other.
    #: hint
    # `kill all` does it at once.
    #: remark
    # Kill is not polite: the task is not asked. `cancel` asks.

    #: task predict
    # `wait 1` waits for a task, and tells its status. Which number does a task
    # have that does `exit 3`?
    #: given
    kill all
    program quits { exit 3 }
    spawn quits
    #: answer 3
    #: wrong 0
    # 0 is what a task has that simply ends.
    #: hint
    # Spawn says the number of the task; `wait` it.
    #: hint
    # `wait $!` waits for the one that was spawned last.
    #: hint
    # It is the number behind `exit`.
    #: remark
    # Since the first Unix, programs tell each other so whether they went well: 0, or
    # a number that says why not.
    #: check
    wait $!
    assert status($!) == $answer

    #: task name
    # A child has ended, and its parent has not asked for the status yet. What
    # must the system keep of the child?
    #: choice Nothing: it has ended.
    #: choice Its number and its status, until the parent asks.
    #: choice All its memory.
    #: answer b
    #: wrong a
    # Then the parent could never learn how it went.
    #: wrong c
    # Nobody needs the memory any more. The status is enough.
    #: hint
    # What does `wait` tell?
    #: hint
    # As little as possible, and as much as the parent may ask for.
    #: hint
    # Not a, and not c.
    #: remark
    # On Unix such a task is called a zombie.
    #: check
    assert count(live) == 2
    """#
}
