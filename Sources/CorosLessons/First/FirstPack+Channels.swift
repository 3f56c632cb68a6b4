extension FirstPack {
  static let channels = #"""
    #: title Do not share: send
    #: tell
    # Another way to work together: share nothing, and send messages. A channel has
    # room for some values. `send line 7` waits while it is full, and
    # `receive line x` waits while it is empty.
    #
    # Nobody reads what another one is just changing. That is the whole trick.
    #: given
    channel line 2
    shared sum = 0
    program producer(n) {
      var i = 1
      while i <= n { send line i; i += 1 }
      send line 0
    }
    program consumer {
      var x = 1
      while x != 0 { receive line x; sum += x }
    }

    #: task predict
    # The producer runs alone, and wants to send 1 to 5 and then 0. How many values
    # has it sent when it must wait?
    #: given
    spawn producer 5
    #: answer 2
    #: wrong 5
    # The channel has room for fewer.
    #: hint
    # `step`, until nothing runs any more.
    #: hint
    # How much room did we give the channel?
    #: hint
    # `channel line 2`.
    #: check
    step 3
    assert value(line) == $answer and state(1) == waiting

    #: task predict
    # Now a consumer comes. What is `sum` at the end? And would another order of
    # steps give another sum? (Ask `explore --check 'sum == ...'`.)
    #: given
    spawn producer 5
    spawn consumer
    #: answer 15
    #: hint
    # The consumer adds up all that comes.
    #: hint
    # 1 + 2 + 3 + 4 + 5.
    #: hint
    # It is the same in every order.
    #: remark
    # One producer, one consumer, one channel: no order of steps matters. With two
    # consumers it does.
    #: check
    explore --check "sum == $answer"

    #: task break
    # With two consumers something goes wrong: only one 0 is sent. Bring it about
    # that all 5 values are added up, and one consumer waits for ever.
    #: given
    spawn producer 5
    spawn consumer x2
    policy manual
    #: check
    assert deadlock and sum == 15
    #: solution
    policy fifo
    run 60 || assert deadlock
    #: hint
    # Who gets the 0 leaves. What does the other one do?
    #: hint
    # Two who add to `sum` at once may lose an update. One at a time, then.
    #: hint
    # `policy fifo`, and then `run`.
    #: remark
    # Each consumer needs an end of its own: send one 0 for each, or `close line`.
    """#
}
