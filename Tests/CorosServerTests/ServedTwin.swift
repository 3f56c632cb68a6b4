import CorosLanguage
import CorosTestSupport

@testable import CorosServer

/// A machine that remembers what it is asked, and answers with the line.
final class ServedTwin: ServedMachine {
  var place = (tick: 0, moment: 0)
  var standing = 0
  var isRunningByItself = false { didSet { standing += 1 } }
  var hasOwner = true
  private(set) var told: [String] = []
  private(set) var requests: [AttachRequest] = []
  private(set) var left: [Int] = []
  private(set) var wishes = (output: false, events: false)

  func offer(to line: String, cursor: Int) -> JSON {
    ["words": [.string("\(line):\(cursor)")]]
  }

  func answer(_ request: AttachRequest) -> AttachAnswer {
    if request.isRunning, request.line != "ps" { return .later }
    requests.append(request)
    if let stepper = request.stepper {
      var wish: String?
      if case .string(let line)? = stepper["wish"] { wish = line }
      return .done([["stepper": stepper]], status: 0, wish: wish)
    }
    return .done([["said": .string(request.line)]], status: request.line == "fail" ? 1 : 0)
  }

  func forget(client: Int) { left.append(client) }
  func tellOwner(_ text: String) { told.append(text) }
  func report(output: Bool, events: Bool) { wishes = (output, events) }
}

/// A served machine in a folder of its own, and those who attach to it, all in one thread.
final class ServerStage {
  let folder: TemporaryFolder
  let machine = ServedTwin()
  let server: AttachServer
  let clock: Clock

  init() throws {
    folder = try TemporaryFolder()
    let clock = Clock()
    server = try AttachServer(
      name: "lab",
      in: SocketFolder(folder.path + "/sockets"),
      serving: machine,
      clock: { clock.now }
    )
    self.clock = clock
  }

  /// A clock that goes on when a test says so.
  final class Clock { var now = 0 }

  /// Somebody who has connected, and has been greeted.
  func visitor(
    _ wish: Greeting.Wish? = .watch,
    wantsEvents: Bool = false,
    pid: Int = 1
  ) throws
    -> LineConnection
  {
    let connection = try LineConnection(to: server.path)
    if let wish {
      connection.send(Greeting(wish: wish, wantsEvents: wantsEvents, pid: pid).frame)
    }
    server.serve(isRunning: false)
    return connection
  }

  /// Lets the server work, and takes what it has sent.
  func frames(_ connection: LineConnection, isRunning: Bool = false) -> [JSON] {
    server.serve(isRunning: isRunning)
    return connection.receive().compactMap { if case .frame(let frame) = $0 { frame } else { nil } }
  }

  /// Whether the server has hung up.
  func hasHungUp(_ connection: LineConnection) -> Bool {
    server.serve(isRunning: false)
    return connection.receive().last == .end
  }
}
