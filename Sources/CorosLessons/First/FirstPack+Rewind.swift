extension FirstPack {
  static let rewind = #"""
    #: title Rewind a server
    #: tell
    # A web server and its client are two tasks of this machine. They talk over a
    # network, and a network does not run backward. Can you rewind a server?
    #
    # `run 40` serves a request. `handles` shows what is open. Then `back 10`, and
    # `step`: the request is served again, byte for byte.
    #
    # The network of this lesson is in memory. After `reset`, `spawn http 8080` and
    # `run` serve your own browser.
    #: network
    #: given
    spawn http 8080
    spawn fetch 8080 /tick

    #: task predict
    # The client asks for /tick: the server looks at the clock, and answers with the
    # tick. Let 40 ticks go by with `run 40`, and see what the client writes. Go back
    # with `back 12`, to before the server looks at the clock. After another
    # `run 40`, which tick does the client write?
    #: answer 9
    #: wrong 49
    # The clock was rewound as well: it is tick 9 again.
    #: wrong 40
    # The clock was rewound as well: it does not stand at 40 any more.
    #: hint
    # Look at the clock after `back 12`: type `clock`.
    #: hint
    # The same steps are made at the same ticks, and see the same.
    #: hint
    # It is what the client wrote the first time.
    #: remark
    # Nothing was sent the second time. Each answer of the network is on a tape, and
    # a machine in its past reads the tape. So bugs of a live server can be stepped
    # through as often as you like.
    #: check
    run 40
    back 12
    run 40
    assert output(2) == "tick $answer"

    #: task break
    # Let the client die at the worst moment: its request has been sent, and the
    # answer has not. What happens to the server? Use `step`, `kill 2` and `run 40`.
    #: allow kill
    #: check
    assert status(2) == killed and status(3) == failed and state(1) == waiting
    #: solution
    step 8
    kill 2
    run 40
    #: hint
    # `step` until the client has sent its bytes, but the server none.
    #: hint
    # At tick 8 the server has got the request.
    #: hint
    # Type `step 8`, `kill 2` and `run 40`.
    #: remark
    # The server has a task for each connection. The one whose client broke off fails
    # alone; the task that takes connections goes on waiting.

    #: task name
    # Serve the request to its end with `run 40`. Go back with `back 12`, and change
    # the past: `kill 2`. Then `run 40`, and `info 1`. Why does the server end?
    #: choice The death of a client kills its server.
    #: choice Its tape is at its end, and the network was not rewound.
    #: choice It has served the one client that it was made for.
    #: answer b
    #: wrong a
    # In the task before, the client died as well, and the server lived.
    #: wrong c
    # It lived on after `run 40`, and waited for the next one.
    #: hint
    # `kill 2` in the past began something. What did the shell say?
    #: hint
    # On the new branch nothing is recorded: the network must be asked again.
    #: hint
    # The network has seen this request come and go. It cannot go on from tick 9.
    #: remark
    # You can look at the past of a server as long as you like. Change it, and what
    # was open is broken off, since the other side knows nothing of your branch.
    # `branch 1` goes back to where the connections are.
    #: check
    run 40
    back 12
    kill 2
    run 40
    assert status(1) == failed
    """#
}
