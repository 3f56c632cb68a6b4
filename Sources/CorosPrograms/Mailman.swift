package import CorosKernel
import CorosSync

extension Program {
  /// A task that takes the messages it wants, in the order that it wants.
  package static var mailman: Program {
    Program(
      "mailman",
      "letters come mixed, and a task takes the express ones first",
      lesson: """
        A mailbox keeps messages in the order in which they came, and a task may take one out of the middle: the first \
        that fits. 'locks' shows how many letters wait, and 'info 2' what the postman waits for. What it does not take \
        keeps its order. A message never makes its sender wait.
        """
    ) { _ throws(ProgramArgumentError) in
      .body { os in
        try await os.withGroup { group in
          let postman = try await group.spawn("postman") { os in
            // The senders are faster than the postman.
            try await os.sleep(8)
            for _ in 1...3 {
              let letter = try await os.receive { text(of: $0, beginningWith: "express") }
              try await os.write("first: \(letter)")
            }
            for _ in 1...3 {
              let letter = try await os.receive { text(of: $0) }
              try await os.write("then: \(letter)")
            }
          }
          for name in ["ann", "bob", "cem"] {
            try await group.spawn(name) { os in
              try await os.send("letter of \(name)", to: postman)
              try await os.send("express letter of \(name)", to: postman)
            }
          }
        }
        try await os.write("all letters are delivered")
      }
    }
  }
}

/// The text that was sent, if it begins like that.
private func text(of message: Message, beginningWith prefix: String = "") -> String? {
  message.value(String.self).flatMap { $0.hasPrefix(prefix) ? $0 : nil }
}
