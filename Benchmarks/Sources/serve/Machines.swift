import CorosIO
import CorosKernel

/// Takes connections, and makes a task for each of them: the server as a state machine.
struct Reception: StateMachine {
  let port: String
  let isWeb: Bool
  private var listener: Handle?

  init(port: String, isWeb: Bool) {
    self.port = port
    self.isWeb = isWeb
  }

  mutating func resume(with resumption: Resumption) -> Trap {
    switch resumption {
    case .failure(let error): return .threw(error)
    case .reply(let handle as Handle):
      guard listener != nil else {
        listener = handle
        return .call(Accept(handle))
      }
      let machine: any StateMachine = isWeb ? Page(handle) : Echo(handle)
      return .call(NewTaskWithHandles("connection", giving: [handle], .machine(machine)))
    default: return .call(listener.map { Accept($0) } ?? Listen(port))
    }
  }
}

/// Sends what comes back to where it came from.
struct Echo: StateMachine {
  let connection: Handle

  init(_ connection: Handle) { self.connection = connection }

  mutating func resume(with resumption: Resumption) -> Trap {
    switch resumption {
    case .failure(let error): .threw(error)
    case .reply(let bytes as [UInt8]):
      bytes.isEmpty ? .returned : .call(SendAll(bytes, to: connection))
    default: .call(Receive(connection))
    }
  }
}

/// Answers each request with the same page.
struct Page: StateMachine {
  let connection: Handle
  private var unread: [UInt8] = []

  init(_ connection: Handle) { self.connection = connection }

  mutating func resume(with resumption: Resumption) -> Trap {
    switch resumption {
    case .failure(let error): return .threw(error)
    case .reply(let bytes as [UInt8]):
      if bytes.isEmpty { return .returned }
      unread += bytes
    default: break
    }
    guard let end = Request.end(in: unread) else { return .call(Receive(connection)) }
    unread.removeFirst(end)
    return .call(SendAll(Request.answer, to: connection))
  }
}
