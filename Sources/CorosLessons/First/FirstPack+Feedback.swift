extension FirstPack {
  static let feedback = #"""
    #: title Learning from the past
    #: tell
    # How can a scheduler favour short jobs without knowing their length? It puts
    # each new job into the best queue. A job that uses up its turns there goes
    # down one queue. So long jobs sink, and short ones end before they do.
    #
    # This is the multi-level feedback queue, `mlfq`. Here there are two queues,
    # and one turn in the upper one lasts 2 ticks. Jobs in the upper queue always
    # go first. `queue` shows the queues, `step` makes a step.
    #: given
    policy mlfq quanta=2/4
    workload len=6 at=4,len=1

    #: task predict
    # In which queue is job `a` (6 ticks) after its first 3 ticks? 1 is the upper.
    #: answer 2
    #: wrong 1
    # It had 2 ticks there, and used them all.
    #: hint
    # `step 3`, and then `queue`.
    #: hint
    # A turn in queue 1 lasts 2 ticks. It has run for 3.
    #: hint
    # It has gone down by one.
    #: check
    run 3
    assert level(1) == $answer

    #: task predict
    # At tick 4 a short job `b` (1 tick) arrives. At which tick does it run?
    #: answer 4
    #: wrong 6
    # The turn of `a` would last until 6, but `b` is in the upper queue.
    #: hint
    # Which queue does a new job begin in?
    #: hint
    # A job in the upper queue takes the CPU from one in the lower.
    #: hint
    # It need not wait at all.
    #: remark
    # The scheduler was told nothing of lengths. It treated `a` as long because it
    # behaved so.
    #: check
    run
    assert response(2) == $answer - 4

    #: task name
    # What could a clever job do to stay in the upper queue for ever?
    #: choice Ask for a higher priority.
    #: choice Give up the CPU just before its turn is over.
    #: choice Start more copies of itself.
    #: answer b
    #: hint
    # A job sinks when its turns there are used up. When are they not?
    #: hint
    # Think of a job that does a little I/O at the right moment.
    #: hint
    # `programs` has `job`, with I/O. The old rule forgot the ticks of a job that
    # waited.
    #: remark
    # This is called gaming the scheduler. The cure: count the ticks of a queue in
    # all, not turn by turn. Ours does; `policy mlfq stay=yes` is one that does not.
    #: check
    assert policy == mlfq
    """#
}
