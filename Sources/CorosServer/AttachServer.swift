import CorosLanguage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Lets other terminals of the same user look at a machine, and one of them drive it.
///
/// It has no thread. Whoever waits for keys polls its descriptors as well, and a command that runs calls
/// `serve(isRunning:)` now and then. Nothing here blocks, and no client can slow the machine down: see
/// `LineConnection`.
package final class AttachServer {
  /// The most clients besides the driver.
  package static let mostWatchers = 16
  /// The most connections, with those that have said nothing yet; others wait with the system.
  private static let mostConnections = 64

  /// The name by which `coros attach` finds the machine.
  package let name: String
  /// The path of the socket.
  package let path: String
  let machine: any ServedMachine
  private let listener: Int32
  /// Which file the socket is, so that nobody else's is removed.
  private let file: FileIdentity?
  private let pid: Int
  let clock: () -> Int
  private var isClosed = false
  var clients: [AttachedClient] = []
  /// Who drives; nil for the terminal of the machine itself.
  private(set) weak var driver: AttachedClient?
  /// The process that drives; nil for the terminal of the machine itself.
  package var driverPID: Int? { driver?.pid }
  /// Those who have asked to drive, and have no answer yet, in the order in which they asked.
  private var asking: [AttachedClient] = []
  /// Whether the command that runs is to be interrupted.
  private var isInterrupted = false
  var toldPlace: (tick: Int, moment: Int)
  var toldStanding: Int
  /// When those attached were last told where the machine stands, in milliseconds.
  var toldAt = 0
  var toldWishes = (output: false, events: false)
  /// The number of the client that came last.
  private var lastNumber = 0

  /// Begins to listen.
  ///
  /// - Parameters:
  ///   - name: The name of the machine.
  ///   - folder: Where sockets are.
  ///   - machine: What is served; it must outlive the server.
  ///   - clock: A clock that only goes forward, in milliseconds.
  /// - Throws: `AttachError`: why it cannot be served.
  package init(
    name: String,
    in folder: SocketFolder,
    serving machine: any ServedMachine,
    clock: @escaping () -> Int = AttachServer.milliseconds
  ) throws(AttachError) {
    self.name = name
    self.machine = machine
    self.clock = clock
    path = try folder.socket(named: name)
    try folder.prepare()
    folder.removeStale()
    listener = try UnixSocket.listen(at: path)
    file = FileIdentity(path)
    pid = Int(getpid())
    toldPlace = machine.place
    toldStanding = machine.standing
  }

  deinit { close() }

  /// Lets everybody go, and removes the socket.
  package func close() {
    guard !isClosed else { return }
    isClosed = true
    for client in clients {
      client.connection.close()
      machine.forget(client: client.number)
    }
    clients = []
    asking = []
    _ = systemClose(listener)
    if file != nil, FileIdentity(path) == file { unlink(path) }
  }

  // MARK: Waiting

  /// The descriptors to wait for, and whether to wait until something can be read, and written.
  ///
  /// Nothing is read from those who do not take their answers: to wait for what they send would be to wait for nothing.
  package var descriptors: [(descriptor: Int32, isReceiving: Bool, isSending: Bool)] {
    (hasRoom ? [(listener, true, false)] : [])
      + clients.map { ($0.connection.descriptor, $0.isRead, $0.connection.isSending) }
  }

  private var hasRoom: Bool { clients.count < Self.mostConnections }

  /// How long to wait at most, in milliseconds; nil for any time.
  package var timeout: Int32? {
    let deadline = clients.compactMap(\.deadline).min().map { max(0, $0 - clock()) }
    return [deadline, timeToNews].compactMap(\.self).min().map { Int32(clamping: $0) }
  }

  /// The clock of the system that only goes forward, in milliseconds.
  package static func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
  }

  // MARK: Serving

  /// Does what is due, without waiting.
  ///
  /// - Parameter isRunning: Whether a command is running: then only the present can be looked at.
  /// - Returns: Whether the driver wants the command that runs to be interrupted.
  @discardableResult
  package func serve(isRunning: Bool) -> Bool {
    guard !isClosed else { return false }
    while hasRoom, let descriptor = UnixSocket.accept(listener) {
      lastNumber += 1
      let connection = LineConnection(descriptor)
      clients.append(AttachedClient(connection, number: lastNumber, deadline: clock() + 2_000))
      connection.send(Greeting(machine: name, pid: pid).frame)
    }
    for client in clients { read(client) }
    for client in clients { answer(client, isRunning: isRunning) }
    tellPlace(isRunning: isRunning || machine.isRunningByItself)
    for client in clients {
      client.connection.flush()
      client.connection.catchUp { snapshot }
    }
    removeGone()
    tellWishes()
    defer { if isRunning { isInterrupted = false } }
    return isRunning && isInterrupted
  }

  private func read(_ client: AttachedClient) {
    guard client.isRead else { return }
    for received in client.connection.receive() {
      switch received {
      case .frame(let frame): take(frame, from: client)
      case .garbage:
        refuse(client, AttachError("this is no line of JSON", hint: "lines have 64 KiB at most"))
      case .end: client.hasGone = true
      }
      if client.hasGone { return }
    }
    if let deadline = client.deadline, clock() >= deadline { client.hasGone = true }
  }

  private func take(_ frame: JSON, from client: AttachedClient) {
    guard client.greeting != nil else {
      do throws(AttachError) {
        try welcome(client, Greeting(frame))
      } catch {
        refuse(client, error)
      }
      return
    }
    if frame["interrupt"] == .bool(true) {
      if client === driver { isInterrupted = true }
      return
    }
    if case .int(let id)? = frame["id"], let stepper = frame["stepper"] {
      client.requests.append(AttachedClient.Request(id: id, stepper: stepper))
      return
    }
    guard case .int(let id)? = frame["id"], case .string(let line)? = frame["line"] else {
      return refuse(
        client,
        AttachError("this is no request", hint: #"for example {"id":1,"line":"ps"}"#)
      )
    }
    if case .int(let cursor)? = frame["complete"] {
      let place = min(max(0, cursor), line.utf8.count)
      client.connection.send(machine.offer(to: line, cursor: place).with(id: id))
      client.connection.send(["id": .int(id), "done": 0])
      return
    }
    var request = AttachedClient.Request(id: id, line: line)
    if frame["as"] == .string("text") {
      var width = 80
      if case .int(let number)? = frame["width"] { width = min(max(number, 20), 1_000) }
      request.text = (width, frame["color"] == .bool(true))
      request.hasScreen = frame["screen"] == .bool(true)
    }
    client.requests.append(request)
  }

  private func welcome(_ client: AttachedClient, _ greeting: Greeting) throws(AttachError) {
    let others = clients.count { $0.greeting != nil && $0 !== driver && !$0.hasGone }
    guard others < Self.mostWatchers else {
      throw AttachError("\(others) others watch already", hint: "one of them has to leave first")
    }
    client.greeting = greeting
    client.deadline = nil
    client.connection.send(roles(for: client))
    client.connection.send(snapshot)
    wish(greeting.wish ?? .watch, of: client)
  }

  private func refuse(_ client: AttachedClient, _ error: AttachError) {
    client.connection.send(error.frame)
    client.hasGone = true
  }

  private func answer(_ client: AttachedClient, isRunning: Bool) {
    // A line that runs may let others in here again; its own client waits.
    guard !client.isBeingAnswered else { return }
    client.isBeingAnswered = true
    defer { client.isBeingAnswered = false }
    while !client.hasGone, !client.connection.isFull, let asked = client.requests.first {
      let id = asked.id
      if asked.stepper == nil, let wish = Self.wish(in: asked.line) {
        client.requests.removeFirst()
        self.wish(wish, of: client)
        client.connection.send(["id": .int(id), "done": 0])
        continue
      }
      let request = AttachRequest(
        line: asked.line,
        stepper: asked.stepper,
        text: asked.text,
        hasScreen: asked.hasScreen,
        client: client.number,
        pid: client.pid,
        mayChange: client === driver,
        isRunning: isRunning
      )
      guard case .done(let frames, let status, let line) = machine.answer(request) else { return }
      client.requests.removeFirst()
      for frame in frames { client.connection.send(frame.with(id: id)) }
      client.connection.send(["id": .int(id), "done": .int(status)])
      if let wish = line.flatMap(Self.wish) { self.wish(wish, of: client) }
    }
  }

  private func removeGone() {
    let gone = clients.filter(\.hasGone)
    guard !gone.isEmpty else { return }
    clients.removeAll(where: \.hasGone)
    for client in gone {
      let didDrive = client === driver
      client.connection.close()
      stopAsking(client)
      machine.forget(client: client.number)
      if didDrive {
        driver = nil
        machine.tellOwner("process \(client.pid) has left; you drive again")
        tellDriver()
      }
    }
  }

  // MARK: Who drives

  /// What a line such as `attach take` wishes; nil for all other lines.
  private static func wish(in line: String) -> Greeting.Wish? {
    let words = line.split(separator: " ")
    return words.count == 2 && words[0] == "attach"
      ? Greeting.Wish(rawValue: String(words[1])) : nil
  }

  private func wish(_ wish: Greeting.Wish, of client: AttachedClient) {
    switch wish {
    case .watch:
      stopAsking(client)
      if client === driver { makeDriver(nil, because: "process \(client.pid) only watches now") }
    case .drive where client === driver: break
    case .drive where machine.hasOwner || driver != nil:
      stopAsking(client)
      asking.append(client)
      let way = "`attach allow` lets it, `attach deny` does not"
      machine.tellOwner("process \(client.pid) asks to drive this machine: \(way)")
      client.connection.send(["asked": .string(driverName)])
    case .drive, .take:
      if client !== driver { makeDriver(client, because: "process \(client.pid) drives now") }
    }
  }

  private func stopAsking(_ client: AttachedClient) { asking.removeAll { $0 === client } }

  /// Answers the one who was the first to ask to drive; those who asked after them go on asking.
  ///
  /// - Returns: The process that asked; nil if nobody did.
  package func decide(allows: Bool) -> Int? {
    guard let client = asking.first else { return nil }
    stopAsking(client)
    if allows {
      makeDriver(client, because: nil)
    } else {
      client.connection.send(["denied": true])
    }
    return client.pid
  }

  /// Makes the terminal of the machine itself drive again.
  package func takeBack() {
    if driver != nil { makeDriver(nil, because: nil) }
  }

  private func makeDriver(_ client: AttachedClient?, because reason: String?) {
    driver = client
    if let client { stopAsking(client) }
    if let reason { machine.tellOwner(reason) }
    tellDriver()
  }

  private var driverName: String { driver.map { "process \($0.pid)" } ?? "terminal" }

  private func roles(for client: AttachedClient) -> JSON {
    [
      "driver": ["pid": .int(driver?.pid ?? pid), "self": .bool(client === driver)],
      "watchers": .int(clients.count { $0.greeting != nil && $0 !== driver && !$0.hasGone }),
    ]
  }

  private func tellDriver() {
    for client in clients where client.greeting != nil {
      client.connection.tell(roles(for: client), snapshot: { snapshot })
    }
  }

  /// Whether somebody is attached.
  package var isAttended: Bool { clients.contains { $0.greeting != nil } }

  /// Those attached: the process of each, and what it does, as a verb.
  package var attached: [(pid: Int, role: String)] {
    clients.compactMap { client in
      guard client.greeting != nil else { return nil }
      let asks = asking.contains { $0 === client }
      let role = client === driver ? "drives" : asks ? "asks to drive" : "watches"
      return (client.pid, role)
    }
  }
}

extension AttachError {
  /// The error as a frame.
  var frame: JSON { ["error": .string(message), "hint": .string(hint)] }
}

extension JSON {
  /// The object with the number of the request that it answers as its first member.
  fileprivate func with(id: Int) -> JSON {
    guard case .object(let members) = self else { return ["id": .int(id), "value": self] }
    return .object([("id", .int(id))] + members)
  }
}

// Inside the type, the name of this function means its own.
private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
