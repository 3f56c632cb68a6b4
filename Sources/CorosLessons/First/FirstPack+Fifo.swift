extension FirstPack {
  static let fifo = #"""
    #: title First come, first served
    #: tell
    # The oldest rule of all: who came first runs first, until the work is done.
    # Shops do it so. It is called FIFO: first in, first out.
    #
    # Here are three jobs that arrive together. Job `a` needs 10 ticks, `b` and
    # `c` need 2 each. `run` runs them, `timeline` draws who ran when, and `stats`
    # computes how long each had to wait.
    #: given
    policy fifo
    workload len=10 len=2 len=2

    #: task predict
    # At which tick has job `c` done all its work? (The clock begins with 0.)
    #: answer 14
    #: wrong 2
    # It needs 2 ticks, but `a` and `b` go first.
    #: wrong 4
    # That would be so if the long job came last.
    #: hint
    # `a` keeps the CPU until it has ended. Then comes `b`.
    #: hint
    # Add up all three lengths.
    #: hint
    # 10 + 2 + 2.
    #: check
    run
    assert turnaround(3) == $answer

    #: task predict
    # The turnaround of a job is the time from its arrival to its end. Which whole
    # number is the average turnaround of these three jobs, rounded down?
    #: answer 12
    #: wrong 4
    # The short ones are short, but they have to wait for `a`.
    #: hint
    # `a` ends at 10. When do `b` and `c` end?
    #: hint
    # (10 + 12 + 14) / 3.
    #: hint
    # `run`, and then `stats`: look at the column TURNAROUND.
    #: remark
    # Short jobs behind a long one: this is called the convoy effect. You know it
    # from the till: one full trolley, and everybody waits.
    #: check
    run
    assert average(turnaround) >= $answer and average(turnaround) < $answer + 1

    #: task predict
    # Only the order of arrival changes: now the long job comes last. What is the
    # average turnaround, rounded down?
    #: given
    reset
    workload len=2 len=2 len=10
    #: answer 6
    #: wrong 12
    # That is what it was before. Now nobody waits for the long job.
    #: hint
    # The first ends at 2, the second at 4.
    #: hint
    # The third ends at 14, as before: the sum of the work is the same.
    #: hint
    # (2 + 4 + 14) / 3 is 6 and two thirds.
    #: remark
    # The same work, the same CPU, and half the time. The order alone made the
    # difference, so the next lesson chooses it.
    #: check
    run
    assert average(turnaround) >= $answer and average(turnaround) < $answer + 1
    """#
}
