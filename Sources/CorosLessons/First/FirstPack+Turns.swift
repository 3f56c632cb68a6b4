extension FirstPack {
  static let turns = #"""
    #: title Taking turns
    #: tell
    # There is one CPU, and three tasks want it. Who runs, and for how long?
    #
    # The rule that answers is called the policy. This machine starts with the
    # simplest fair one: everybody gets one step, and then goes to the end of the
    # line. Its name is round robin, and `policy` says `rr quantum=1`.
    #
    # Look at the line with `queue`. Make one step with `step`, and look again.
    # `back` undoes the step, so you can look as often as you like.
    #: given
    spawn count 2
    spawn count 2
    spawn count 2

    #: task predict
    # `spawn count 2` makes a task that writes 1, writes 2, and ends. Which tasks
    # run in the first six steps? Type six numbers: `answer 1 ...`.
    #: answer 1 2 3 1 2 3
    #: wrong 1 1 1 2 2 2
    # That would be first come, first served: a task that keeps the CPU until it
    # ends. Here each task gives it back after one step.
    #: hint
    # Type `queue` and `step` in turn, and watch the first of the line.
    #: hint
    # After its step a task goes to the end of the line.
    #: hint
    # 1 goes first, then 2, then 3, and then it is 1's turn again.
    #: remark
    # The word for it is round robin. The number of steps in a turn is the quantum.
    #: check
    run 6
    assert dispatches(1) == 2 and dispatches(2) == 2 and dispatches(3) == 2
    assert $answer1 == 1 and $answer2 == 2 and $answer3 == 3
    assert $answer4 == 1 and $answer5 == 2 and $answer6 == 3

    #: task predict
    # Now a turn may last two steps. Task 1 writes twice in its first turn. Which
    # task makes the fifth step?
    #: given
    policy rr quantum=2
    #: answer 3
    #: wrong 2
    # Task 2 makes the third and the fourth step.
    #: hint
    # Type `policy` to see the rule, and step through it.
    #: hint
    # Steps 1 and 2 belong to task 1.
    #: hint
    # Count in pairs: 1 1, 2 2, and then ...
    #: remark
    # A longer quantum means fewer switches from one task to another, and a longer
    # wait until it is your turn.
    #: check
    run 4
    step
    assert dispatches($answer) == 1
    """#
}
