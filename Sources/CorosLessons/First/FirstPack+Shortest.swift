extension FirstPack {
  static let shortest = #"""
    #: title The shortest job first
    #: tell
    # If short jobs should not wait for long ones, let them go first. The policy
    # `sjf` takes the shortest job that has arrived, and lets it run to its end.
    #
    # But jobs do not all arrive at once. Here `a` (10 ticks) arrives at tick 0,
    # and `b` and `c` (2 ticks each) arrive at tick 1.
    #: given
    policy sjf
    workload len=10 at=1,len=2 at=1,len=2

    #: task predict
    # At which tick does job `b` run for the first time?
    #: answer 10
    #: wrong 1
    # At tick 1 the CPU is taken: `sjf` does not take it away.
    #: wrong 0
    # At tick 0, `b` has not arrived.
    #: hint
    # At tick 0 there is only one job to choose from.
    #: hint
    # `sjf` chooses when the CPU is free, and never before.
    #: hint
    # `run`, then `timeline`.
    #: remark
    # A policy that never takes the CPU away is called non-preemptive.
    #: check
    run
    assert response(2) == $answer - 1

    #: task predict
    # `stcf` is `sjf` that does take the CPU away: at each moment the job with the
    # least work left runs. At which tick does job `a` end now?
    #: given
    policy stcf
    #: answer 14
    #: wrong 10
    # It would, if nobody interrupted it.
    #: hint
    # At tick 1 job `a` has 9 ticks left. `b` has 2.
    #: hint
    # Both short jobs run before `a` goes on.
    #: hint
    # `a` is the last to end, and all the work is 14 ticks.
    #: check
    run
    assert turnaround(1) == $answer

    #: task name
    # Both short jobs gained a lot, and `a` lost little. So why is `stcf` not used
    # everywhere? Look at what the policy must know.
    #: choice It needs more steps for the same work.
    #: choice Nobody knows in advance how long a job will take.
    #: choice It only works for two jobs.
    #: answer b
    #: wrong a
    # Add them up: the work is 14 ticks under any policy here.
    #: hint
    # Which column of `workload` does the policy read?
    #: hint
    # You typed `len=10`. Who tells an operating system that?
    #: hint
    # Not a, and not c.
    #: remark
    # So real systems guess from the past. The next lesson shows how.
    #: check
    assert policy == sjf
    """#
}
