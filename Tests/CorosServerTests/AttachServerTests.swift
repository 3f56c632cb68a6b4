import CorosLanguage
import CorosTestSupport
import Testing

@testable import CorosServer

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Who may look at a machine, who drives it, and what happens to those who misbehave.
@Suite(.timeLimit(.minutes(15))) struct AttachServerTests {
  let stage: ServerStage

  init() throws { stage = try ServerStage() }

  @Test func `the machine introduces itself, and says where it stands and who drives`() throws {
    stage.machine.place = (12, 40)
    let frames = stage.frames(try stage.visitor(pid: 77))
    let greeting = try Greeting(#require(frames.first))
    #expect(greeting.machine == "lab" && greeting.pid > 0 && greeting.wish == nil)
    #expect(frames[0]["version"] == 1)
    #expect(frames[1]["driver"]?["self"] == false && frames[1]["watchers"] == 1)
    #expect(frames[2] == ["moved": ["tick": 12, "moment": 40]])
    #expect(stage.server.attached.map(\.pid) == [77])
  }

  @Test func `a line is answered in order, with its number`() throws {
    let visitor = try stage.visitor()
    _ = stage.frames(visitor)
    visitor.send(["id": 1, "line": "ps"])
    visitor.send(["id": 2, "line": "fail", "as": "text", "width": 5, "color": true])
    #expect(
      stage.frames(visitor) == [
        ["id": 1, "said": "ps"], ["id": 1, "done": 0],
        ["id": 2, "said": "fail"], ["id": 2, "done": 1],
      ]
    )
    let requests = stage.machine.requests
    #expect(requests.map(\.mayChange) == [false, false] && requests[0].text == nil)
    // A terminal is never narrower than that.
    #expect(requests[1].text?.width == 20 && requests[1].text?.isColored == true)
  }

  @Test func `Tab is answered, wherever the cursor is said to be`() throws {
    let visitor = try stage.visitor()
    _ = stage.frames(visitor)
    for (id, cursor) in [(1, 1), (2, -5), (3, 99)] {
      visitor.send(["id": .int(id), "line": "ps", "complete": .int(cursor)])
    }
    #expect(
      stage.frames(visitor) == [
        ["id": 1, "words": ["ps:1"]], ["id": 1, "done": 0], ["id": 2, "words": ["ps:0"]],
        ["id": 2, "done": 0], ["id": 3, "words": ["ps:2"]], ["id": 3, "done": 0],
      ]
    )
  }

  @Test func `what is done at a stepper goes to the machine, with who does it`() throws {
    let (first, second) = (try stage.visitor(.take, pid: 7), try stage.visitor(pid: 7))
    _ = (stage.frames(first), stage.frames(second))
    for visitor in [first, second] { visitor.send(["id": 1, "stepper": ["key": "s"]]) }
    let answer: [JSON] = [["id": 1, "stepper": ["key": "s"]], ["id": 1, "done": 0]]
    #expect(stage.frames(first) == answer && stage.frames(second) == answer)
    let requests = stage.machine.requests
    #expect(requests.map(\.mayChange) == [true, false] && requests.allSatisfy { $0.line == "" })
    // Both say that they are the same process.
    #expect(requests[0].client != requests[1].client)
    first.close()
    stage.server.serve(isRunning: false)
    #expect(stage.machine.left == [requests[0].client])
    stage.server.close()
    #expect(stage.machine.left == requests.map(\.client))
  }

  @Test func `a wish that was typed at a stepper is obeyed after its answer`() throws {
    let visitor = try stage.visitor(pid: 7)
    _ = stage.frames(visitor)
    visitor.send(["id": 1, "stepper": ["wish": "attach take"]])
    let frames = stage.frames(visitor)
    #expect(frames.map { $0["id"] == 1 } == [true, true, false])
    #expect(frames.last?["driver"]?["self"] == true && stage.server.driverPID == 7)
    visitor.send(["id": 2, "stepper": ["wish": "run"]])
    _ = stage.frames(visitor)
    #expect(stage.server.driverPID == 7)
  }

  @Test func `requests without end are not all taken in while a command runs`() throws {
    let greedy = try stage.visitor()
    for number in 0..<100_000 {
      greedy.send(["id": .int(number), "line": "stats"])
      if number.isMultiple(of: 100) { stage.server.serve(isRunning: true) }
    }
    #expect(stage.server.clients[0].requests.count < 5_000)
  }

  @Test func `an answer may be longer than a request`() throws {
    let text = String(repeating: "x", count: 200_000)
    let patient = try LineConnection(to: stage.server.path, longest: 1 << 20)
    let strict = try LineConnection(to: stage.server.path)
    for connection in [patient, strict] {
      connection.send(Greeting(wish: .watch, wantsEvents: false, pid: 1).frame)
    }
    stage.server.serve(isRunning: false)
    _ = (patient.receive(), strict.receive())
    stage.server.tell(output: text, by: 3)
    var received: [LineConnection.Received] = []
    for _ in 0..<100 where received.isEmpty {
      stage.server.serve(isRunning: false)
      received = patient.receive()
    }
    #expect(received == [.frame(["output": ["tid": 3, "text": .string(text)]])])
    #expect(strict.receive() == [.garbage])
  }

  // MARK: Who drives

  @Test func `whoever asks to drive waits until the terminal of the machine agrees`() throws {
    let visitor = try stage.visitor(.drive, pid: 7)
    #expect(stage.frames(visitor).contains(["asked": "terminal"]))
    #expect(stage.machine.told.count == 1 && stage.server.driverPID == nil)
    visitor.send(["id": 1, "line": "run"])
    _ = stage.frames(visitor)
    #expect(stage.server.decide(allows: true) == 7)
    #expect(stage.frames(visitor).first?["driver"]?["self"] == true)
    visitor.send(["id": 2, "line": "run"])
    _ = stage.frames(visitor)
    #expect(stage.machine.requests.map(\.mayChange) == [false, true])
    #expect(stage.server.decide(allows: true) == nil)
  }

  @Test func `whoever is denied is told, and watches`() throws {
    let visitor = try stage.visitor(.drive, pid: 7)
    _ = stage.frames(visitor)
    #expect(stage.server.decide(allows: false) == 7)
    #expect(stage.frames(visitor) == [["denied": true]])
    #expect(stage.server.driverPID == nil && stage.server.attached[0].role == "watches")
  }

  @Test func `of several who ask, each gets an answer, in turn`() throws {
    let visitors = try (1...4).map { try stage.visitor(.drive, pid: $0) }
    #expect(stage.server.attached.map(\.role) == Array(repeating: "asks to drive", count: 4))
    // Whoever leaves, or only watches, asks no more.
    visitors[0].close()
    visitors[1].send(["id": 1, "line": "attach watch"])
    stage.server.serve(isRunning: false)
    #expect(stage.server.decide(allows: false) == 3)
    #expect(stage.frames(visitors[2]).contains(["denied": true]))
    #expect(stage.server.decide(allows: true) == 4 && stage.server.driverPID == 4)
    #expect(stage.server.decide(allows: true) == nil)
  }

  @Test func `nobody has to agree where nobody sits`() throws {
    stage.machine.hasOwner = false
    let first = try stage.visitor(.drive, pid: 7)
    #expect(stage.server.driverPID == 7)
    // But whoever drives already is not pushed aside by asking.
    _ = try stage.visitor(.drive, pid: 8)
    #expect(stage.server.driverPID == 7 && !stage.frames(first).isEmpty)
  }

  @Test func `one drives: the former driver is told by whom it was replaced`() throws {
    let first = try stage.visitor(.take, pid: 7)
    _ = stage.frames(first)
    let second = try stage.visitor(.take, pid: 8)
    let told = stage.frames(first)
    #expect(told.last?["driver"] == ["pid": 8, "self": false])
    #expect(stage.frames(second).last?["driver"]?["self"] == true)
    for (id, visitor) in [(1, first), (2, second)] {
      visitor.send(["id": .int(id), "line": "run"])
      _ = stage.frames(visitor)
    }
    #expect(stage.machine.requests.map(\.mayChange) == [false, true])
    stage.server.takeBack()
    #expect(stage.frames(second).last?["driver"]?["self"] == false)
  }

  @Test func `a line changes what one is`() throws {
    let visitor = try stage.visitor(.watch, pid: 7)
    _ = stage.frames(visitor)
    visitor.send(["id": 1, "line": "attach take"])
    #expect(stage.frames(visitor).last == ["id": 1, "done": 0])
    #expect(stage.server.driverPID == 7)
    visitor.send(["id": 2, "line": "attach watch"])
    _ = stage.frames(visitor)
    #expect(stage.server.driverPID == nil && stage.machine.requests.isEmpty)
  }

  @Test func `when the driver leaves, the terminal of the machine drives again`() throws {
    let visitor = try stage.visitor(.take, pid: 7)
    visitor.close()
    stage.server.serve(isRunning: false)
    #expect(stage.server.driverPID == nil && stage.server.attached.isEmpty)
    #expect(stage.machine.told.last == "process 7 has left; you drive again")
  }

  // MARK: While a command runs

  @Test func `during a run the present is shown, and the rest waits`() throws {
    let visitor = try stage.visitor(.take)
    _ = stage.frames(visitor)
    visitor.send(["id": 1, "line": "ps"])
    visitor.send(["id": 2, "line": "stats"])
    #expect(stage.frames(visitor, isRunning: true).map { $0["id"] } == [1, 1])
    #expect(stage.frames(visitor).map { $0["id"] } == [2, 2])
  }

  @Test func `only the driver interrupts`() throws {
    let driver = try stage.visitor(.take)
    let watcher = try stage.visitor(.watch)
    watcher.send(["interrupt": true])
    #expect(!stage.server.serve(isRunning: true))
    driver.send(["interrupt": true])
    #expect(stage.server.serve(isRunning: true))
    #expect(!stage.server.serve(isRunning: true))
  }

  @Test func `output goes to all, and events to those who want them`() throws {
    let plain = try stage.visitor()
    let curious = try stage.visitor(wantsEvents: true)
    stage.server.serve(isRunning: false)
    #expect(stage.machine.wishes == (output: true, events: true))
    _ = (stage.frames(plain), stage.frames(curious))
    stage.server.tell(output: "hello", by: 3)
    stage.server.tell(event: ["tick": 4])
    let output: JSON = ["output": ["tid": 3, "text": "hello"]]
    #expect(stage.frames(plain) == [output])
    #expect(stage.frames(curious) == [output, ["event": ["tick": 4]]])
    curious.close()
    plain.close()
    stage.server.serve(isRunning: false)
    #expect(stage.machine.wishes == (output: false, events: false))
  }

  // MARK: Those who misbehave

  @Test(arguments: [
    "hello\n", "{}\n", "[1]\n", "{\"coros\":\"attach\"}\n", "\u{0}\u{1}\n",
    "{\"coros\":\"attach\",\"version\":2,\"pid\":1}\n",
    String(repeating: "[", count: 70_000), String(repeating: "x", count: 1 << 20),
  ])
  func `who does not greet as it should is told why, and hung up on`(_ text: String) throws {
    let visitor = try stage.visitor(nil)
    _ = stage.frames(visitor)
    visitor.send(line: String(text.hasSuffix("\n") ? text.dropLast() : text[...]))
    var frames: [JSON] = []
    for _ in 0..<200 where frames.isEmpty {
      visitor.flush()
      frames = stage.frames(visitor)
    }
    #expect(frames.count == 1 && frames[0]["error"] != nil)
    #expect(stage.hasHungUp(visitor) && stage.server.clients.isEmpty)
  }

  @Test func `another version is named in one sentence`() throws {
    let visitor = try stage.visitor(nil)
    _ = stage.frames(visitor)
    visitor.send(["coros": "attach", "version": 2, "pid": 1])
    let error = try #require(stage.frames(visitor).first?["error"])
    #expect(error == "the other side speaks version 2 of the protocol, and this one version 1")
  }

  @Test(arguments: ["{\"id\":1}", "{\"line\":\"ps\"}", "[]", "7", "{\"id\":\"x\",\"line\":3}"])
  func `what is no request ends the connection`(_ text: String) throws {
    let visitor = try stage.visitor()
    _ = stage.frames(visitor)
    visitor.send(line: text)
    #expect(stage.frames(visitor).first?["error"] != nil)
    #expect(stage.hasHungUp(visitor) && stage.machine.requests.isEmpty)
  }

  @Test func `who says half a line and then nothing is hung up on after two seconds`() throws {
    let visitor = try stage.visitor(nil)
    _ = stage.frames(visitor)
    #expect(stage.server.timeout == 2_000)
    stage.clock.now = 1_999
    #expect(!stage.hasHungUp(visitor))
    stage.clock.now = 2_000
    #expect(stage.hasHungUp(visitor) && stage.server.timeout == nil)
  }

  @Test func `a watcher that never reads holds nothing up, and is told what it missed`() throws {
    let slow = try stage.visitor()
    let text = String(repeating: "x", count: 1_000)
    for number in 0..<100_000 {
      stage.server.tell(output: text, by: number)
      if number % 1_000 == 0 { stage.server.serve(isRunning: true) }
    }
    #expect(slow.descriptor != stage.server.clients[0].connection.descriptor)
    #expect(stage.server.clients[0].connection.isFull)
    var count = 0
    var skipped = 0
    var last: [JSON] = []
    for _ in 0..<10_000 {
      let frames = stage.frames(slow)
      if frames.isEmpty, skipped > 0 { break }
      for frame in frames {
        if frame["output"] != nil { count += 1 }
        if case .int(let number)? = frame["skipped"] { skipped += number }
      }
      if !frames.isEmpty { last = frames }
    }
    #expect(count + skipped == 100_000 && skipped > 0 && count < 5_000)
    #expect(last.last?["moved"] != nil)
  }

  @Test func `a watcher that asks and never reads is asked no more of`() throws {
    let greedy = try stage.visitor()
    let line = String(repeating: "y", count: 60_000)
    for number in 0..<200 {
      greedy.send(["id": .int(number), "line": .string(line)])
      stage.server.serve(isRunning: false)
    }
    #expect(stage.machine.requests.count < 60)
    #expect(stage.server.clients.count == 1)
    // Or whoever waits would be woken for ever by what it does not read.
    #expect(stage.server.descriptors.map(\.isReceiving) == [true, false])
    #expect(stage.server.descriptors.map(\.isSending) == [false, true])
    for _ in 0..<200 { _ = stage.frames(greedy) }
    #expect(stage.server.descriptors.map(\.isReceiving) == [true, true])
  }

  @Test func `no more than sixteen watch`() throws {
    var visitors: [LineConnection] = []
    for _ in 0..<16 { visitors.append(try stage.visitor()) }
    let last = try stage.visitor()
    #expect(stage.frames(last).last?["error"] == "16 others watch already")
    #expect(stage.hasHungUp(last) && stage.server.attached.count == 16)
    visitors[3].close()
    stage.server.serve(isRunning: false)
    _ = try stage.visitor()
    #expect(stage.server.attached.count == 16)
  }

  @Test func `a thousand visits leave no descriptor open`() throws {
    _ = try stage.visitor()
    stage.server.serve(isRunning: false)
    let before = openDescriptors()
    for number in 0..<1_000 {
      let visitor = try stage.visitor(number % 3 == 0 ? .take : .watch)
      if number % 2 == 0 { visitor.send(["id": 1, "line": "ps"]) }
      visitor.close()
    }
    stage.server.serve(isRunning: false)
    // Other tests of this process open some of their own meanwhile.
    #expect(openDescriptors() < before + 300 && stage.server.clients.isEmpty)
  }

  @Test func `those who say nothing are not taken in without end`() throws {
    // The system holds some more, and nobody is lost.
    var visitors: [LineConnection] = []
    for _ in 0..<80 {
      if let visitor = try? LineConnection(to: stage.server.path) { visitors.append(visitor) }
      stage.server.serve(isRunning: false)
    }
    #expect(stage.server.clients.count == 64)
    #expect(stage.server.descriptors.count == 64)
    stage.clock.now = 3_000
    stage.server.serve(isRunning: false)
    stage.server.serve(isRunning: false)
    #expect(stage.server.clients.count == visitors.count - 64)
  }

  @Test func `a socket that another machine has made at the same path stays`() throws {
    unlink(stage.server.path)
    let second = try AttachServer(
      name: "lab",
      in: SocketFolder(stage.folder.path + "/sockets"),
      serving: stage.machine
    )
    stage.server.close()
    #expect(access(second.path, F_OK) == 0)
    second.close()
    #expect(access(second.path, F_OK) != 0)
  }

  @Test func `after the end nobody is attached, and there is no socket`() throws {
    let visitor = try stage.visitor()
    _ = stage.frames(visitor)
    stage.server.close()
    #expect(visitor.receive().last == .end)
    #expect(throws: AttachError.self) { try LineConnection(to: stage.server.path) }
    #expect(!stage.server.serve(isRunning: true))
  }
}
