import CorosIO
package import CorosKernel

extension Program {
  /// A client that asks a web server.
  package static var fetch: Program {
    Program(
      "fetch",
      "asks a web server for a page, and writes what it answers",
      parameters: [
        .connecting,
        Parameter("PAGE", "the page", standard: "/"),
      ],
      lesson: """
        Client and server may be tasks of one machine: 'spawn http 8080; spawn fetch 8080'. The bytes go out to the system and come \
        back by another handle; 'handles' shows both ends.
        """
    ) { arguments throws(ProgramArgumentError) in
      let address = try arguments.address(0)
      let page = arguments[1]
      guard page.hasPrefix("/"), page.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
        throw ProgramArgumentError(
          argument: 1,
          "PAGE must begin with a slash and have no blanks, not '\(page)'",
          hint: "for example /tick"
        )
      }
      return .body { os in
        let connection = try await os.connect(address)
        try await os.sendAll(
          "GET \(page) HTTP/1.1\r\nHost: coros\r\nConnection: close\r\n\r\n",
          to: connection
        )
        var lines = Lines(connection, limit: 1 << 20)
        while let line = try await lines.next(os) {
          try await os.write(String(decoding: line, as: UTF8.self))
        }
      }
    }
  }
}
