import CorosIO
package import CorosKernel
import CorosSync

extension Program {
  /// A small honest web server.
  package static var http: Program {
    Program(
      "http",
      "a small web server: pages at /, /tick and /echo",
      parameters: [
        .listening,
        Parameter(
          "PATIENCE",
          "the ticks that a request may take to come, 0 for ever",
          standard: "0"
        ),
      ],
      lesson: """
        A task for each connection reads requests and answers them until the client closes: 'curl localhost:8080/tick'. Then \
        go 'back', and step through the request that you have just served: it is there, byte for byte, without a network. \
        Against clients that never finish a request, see 'slowloris', PATIENCE helps with 'clock real'.
        """
    ) { arguments throws(ProgramArgumentError) in
      let address = try arguments.address(0)
      let patience = try arguments.integer(1, in: 0...1_000_000_000)
      return .body { os in
        try await os.serve(address, naming: "request") { os, connection in
          try await os.answerRequests(connection, patience == 0 ? nil : patience)
        }
      }
    }
  }
}

extension SystemInterface {
  fileprivate nonisolated(nonsending) func answerRequests(
    _ connection: Handle,
    _ patience: Tick?
  ) async throws {
    var lines = Lines(connection)
    do {
      while let request = try await nextRequest(from: &lines, patience) {
        let answer = HTTPAnswer(to: request, tick: try await getTime())
        try await sendAll(answer.bytes, to: connection)
        if !request.keepsConnection { return }
      }
    } catch let fault as HTTPRequest.Fault {
      try await part(from: connection, fault.rawValue, patience)
    } catch SystemCallError.timedOut {
      try await part(from: connection, 408, patience)
    }
  }

  /// The next request; nil when the client has ended instead.
  ///
  /// - Throws: `SystemCallError.timedOut` when it has not come whole within the patience, however steadily it comes.
  private nonisolated(nonsending) func nextRequest(
    from lines: inout Lines,
    _ patience: Tick?
  ) async throws -> HTTPRequest? {
    guard let patience else { return try await HTTPRequest.read(from: &lines, self) }
    return try await withTimeout(patience) { try await HTTPRequest.read(from: &lines, self) }
  }

  /// Says what is wrong, and ends.
  private nonisolated(nonsending) func part(
    from connection: Handle,
    _ status: Int,
    _ patience: Tick?
  ) async throws {
    try await sendAll(HTTPAnswer(status: status, isLast: true).bytes, to: connection)
    try await shutdown(connection)
    do {
      // What still comes is taken: closing with bytes unread would break the answer off.
      for _ in 0..<64 where try await receive(connection, timeout: patience).isEmpty { return }
    } catch IOFailure.timedOut {}
  }
}

/// What a server answers.
private struct HTTPAnswer {
  let status: Int
  private(set) var body: [UInt8]
  private(set) var hasBody = true
  private(set) var isLast = false
  private(set) var isTold = false
  private(set) var allowed: String?

  init(status: Int, isLast: Bool = false) {
    self.status = status
    self.isLast = isLast
    body = Array("\(status) \(Self.reason(status))\n".utf8)
  }

  init(to request: HTTPRequest, tick: Tick) {
    let page = request.target.prefix { $0 != "?" }
    switch (request.method, page) {
    case ("GET", "/"), ("HEAD", "/"): self.init(200, "hello from a machine that can be rewound\n")
    case ("GET", "/tick"), ("HEAD", "/tick"): self.init(200, "tick \(tick)\n")
    case ("POST", "/echo"):
      self.init(status: 200)
      body = request.body
    case (_, "/"), (_, "/tick"):
      self.init(status: 405)
      allowed = "GET, HEAD"
    case (_, "/echo"):
      self.init(status: 405)
      allowed = "POST"
    default: self.init(status: 404)
    }
    hasBody = request.method != "HEAD"
    isLast = !request.keepsConnection
    isTold = !request.isVersion11 && request.keepsConnection
  }

  private init(_ status: Int, _ text: String) {
    self.status = status
    body = Array(text.utf8)
  }

  var bytes: [UInt8] {
    // Put together as bytes: a busy server makes thousands of these a second.
    var result: [UInt8] = []
    result.reserveCapacity(192 + body.count)
    func add(_ text: String) { result.append(contentsOf: text.utf8) }
    func add(_ name: String, _ value: String) {
      add(name)
      add(": ")
      add(value)
      add("\r\n")
    }
    add("HTTP/1.1 ")
    add(String(status))
    add(" ")
    add(Self.reason(status))
    add("\r\n")
    add("Content-Type", "text/plain; charset=utf-8")
    add("Content-Length", String(body.count))
    if let allowed { add("Allow", allowed) }
    if isLast { add("Connection", "close") }
    if isTold { add("Connection", "keep-alive") }
    add("\r\n")
    if hasBody { result.append(contentsOf: body) }
    return result
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 417: "Expectation Failed"
    case 431: "Request Header Fields Too Large"
    case 501: "Not Implemented"
    case 505: "HTTP Version Not Supported"
    default: "Bad Request"
    }
  }
}
