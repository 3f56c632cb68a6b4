extension FirstPack {
  static let schedules = #"""
    #: title A run is a word
    #: tell
    # If you know who runs at each step, you know everything: the same choices give
    # the same run, always. The list of choices is called a schedule.
    #
    # `schedule` prints the run so far as one word, such as 1.2.1: task 1, task 2,
    # task 1. And `replay` runs such a word. To try another order, type another
    # word: `replay schedule1@0@manual@1.1.1.2.2.2`. `1x3` is short for `1.1.1`.
    #: given
    shared n = 0
    program bump { n = n + 1 }
    spawn bump x3

    #: task predict
    # Now three tasks add 1. Here is a schedule: 1.2.3.1.2.3.1.2.3. What is n at
    # the end of it?
    #: answer 1
    #: wrong 3
    # No task writes before the others have read.
    #: hint
    # Replay it: `replay schedule1@0@manual@1.2.3.1.2.3.1.2.3`.
    #: hint
    # The first three steps are three reads.
    #: hint
    # All three read 0.
    #: check
    replay schedule1@0@manual@1.2.3.1.2.3.1.2.3
    assert n == $answer

    #: task break
    # Find a schedule with which n ends as 2.
    #: check
    assert n == 2 and count(live) == 0
    #: solution
    replay schedule1@0@manual@1.2.1.2.1.2.3x3
    #: hint
    # Exactly one update must be lost.
    #: hint
    # Two tasks overlap, and the third runs alone.
    #: hint
    # Begin with 1.2.1.2, and end with 3.3.3.
    #: remark
    # A schedule that fails is worth more than a bug report: it fails each time.

    #: task predict
    # Each task makes 3 steps: it reads, writes, and ends. How many schedules are
    # there for two such tasks?
    #: answer 20
    #: wrong 6
    # That is the number of steps.
    #: wrong 36
    # Count only the orders in which each task keeps its own order.
    #: hint
    # Choose which 3 of the 6 steps belong to task 1.
    #: hint
    # The number of ways to choose 3 of 6.
    #: hint
    # 6 * 5 * 4 / (3 * 2 * 1)
    #: remark
    # For two tasks of 10 steps there are 184,756; for three, over five million
    # millions. That is why trying does not find the bug, and `explore` is clever.
    #: check
    assert $answer == 6 * 5 * 4 / 6
    """#
}
