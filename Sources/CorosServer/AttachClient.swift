package import CorosLanguage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One end of an attachment: sends lines to a machine, and hears what it says.
package final class AttachClient {
  /// What the machine says.
  package enum Message: Equatable, Sendable {
    /// A part of the answer to a request.
    case answer(id: Int, JSON)
    /// The end of the answer to a request.
    case done(id: Int, status: Int)
    /// Something that was not asked for.
    case news(JSON)
    /// The machine refuses to talk on.
    case refused(AttachError)
    /// The machine has gone.
    case end
  }

  /// The longest line from a machine, in bytes: some answers are long, and none is longer than that.
  private static let longest = 1 << 26

  package let connection: LineConnection
  /// The greeting of the machine.
  package let greeting: Greeting
  private var lastID = 0

  /// Connects to a machine, and says what one wants.
  ///
  /// - Parameters:
  ///   - path: The path of its socket.
  ///   - wish: What one wants.
  ///   - wantsEvents: Whether to hear of each event.
  ///   - patience: How long the machine may take to answer, in milliseconds. A machine answers between two steps, so
  ///     only a step that takes that long delays it.
  /// - Throws: `AttachError` when there is none, it does not answer in time, or speaks another version.
  package init(
    to path: String,
    wish: Greeting.Wish,
    wantsEvents: Bool = false,
    patience: Int32 = 5_000
  ) throws(AttachError) {
    connection = try LineConnection(to: path, longest: Self.longest)
    connection.send(Greeting(wish: wish, wantsEvents: wantsEvents, pid: Int(getpid())).frame)
    var waiting = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
    var left = patience
    while true {
      switch connection.receive(most: 1).first {
      case .frame(let frame):
        if let refusal = AttachError(frame) { throw refusal }
        greeting = try Greeting(frame)
        return
      case .garbage: throw AttachError("this is no machine of coros: \(path)")
      case .end:
        throw AttachError(
          "the machine has hung up",
          hint: "it serves processes of the same user alone"
        )
      case nil: break
      }
      guard left > 0 else {
        throw .silent
      }
      _ = poll(&waiting, 1, 100)
      left -= 100
    }
  }

  /// Sends a line.
  ///
  /// - Parameters:
  ///   - line: The line, as at the prompt.
  ///   - text: How to show the answer, as text; nil for JSON.
  ///   - hasScreen: Whether a stepper can be drawn here: then the answer may say that one is to be opened.
  /// - Returns: The number of the request, which its answer carries.
  package func send(
    _ line: String,
    as text: (width: Int, isColored: Bool)?,
    hasScreen: Bool = false
  ) -> Int {
    lastID += 1
    var members: [(String, JSON)] = [("id", .int(lastID)), ("line", .string(line))]
    if let text {
      members.append(("as", "text"))
      members.append(("width", .int(text.width)))
      members.append(("color", .bool(text.isColored)))
      if hasScreen { members.append(("screen", true)) }
    }
    connection.send(.object(members))
    return lastID
  }

  /// Asks what may follow at the cursor of a line.
  ///
  /// - Parameters:
  ///   - line: The line so far.
  ///   - cursor: The number of bytes before the cursor.
  /// - Returns: The number of the request.
  package func complete(_ line: String, cursor: Int) -> Int {
    lastID += 1
    connection.send(["id": .int(lastID), "line": .string(line), "complete": .int(cursor)])
    return lastID
  }

  /// Sends what is done at a stepper.
  ///
  /// - Returns: The number of the request, which its answer carries.
  package func send(stepper request: JSON) -> Int {
    lastID += 1
    connection.send(["id": .int(lastID), "stepper": request])
    return lastID
  }

  /// Asks for the command that runs to be interrupted.
  package func interrupt() { connection.send(["interrupt": true]) }

  /// What the machine has said since the last time, without waiting.
  package func messages() -> [Message] {
    connection.flush()
    return connection.receive().map { received in
      switch received {
      case .garbage: .refused(AttachError("the machine sends something else than JSON"))
      case .end: .end
      case .frame(let frame): Self.message(frame)
      }
    }
  }

  private static func message(_ frame: JSON) -> Message {
    guard case .int(let id)? = frame["id"] else {
      return AttachError(frame).map { .refused($0) } ?? .news(frame)
    }
    if case .int(let status)? = frame["done"] { return .done(id: id, status: status) }
    return .answer(id: id, frame)
  }

  /// Waits until the machine has said something, and for other descriptors.
  ///
  /// - Parameters:
  ///   - others: Descriptors to wait for as well.
  ///   - milliseconds: How long to wait at most; negative for ever.
  package func wait(others: [Int32] = [], milliseconds: Int32) {
    let writes = connection.isSending ? Int16(POLLOUT) : 0
    var waiting = [
      pollfd(fd: connection.descriptor, events: Int16(POLLIN) | writes, revents: 0)
    ]
    waiting += others.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    _ = poll(&waiting, nfds_t(waiting.count), milliseconds)
  }
}

extension AttachError {
  /// The error that a frame tells; nil for other frames.
  init?(_ frame: JSON) {
    guard case .string(let message)? = frame["error"] else { return nil }
    var hint = ""
    if case .string(let text)? = frame["hint"] { hint = text }
    self.init(message, hint: hint)
  }
}
