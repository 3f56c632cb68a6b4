import CorosLanguage

/// Standard output, collected into large writes, and kept in order with standard error.
package struct OutputBuffer {
  private let host: any ShellHost
  private var buffer = ""
  /// Whether each line is written at once: for a person, not for a pipe.
  var isUnbuffered = false

  private static let capacity = 1 << 15

  init(host: any ShellHost) {
    self.host = host
    buffer.reserveCapacity(Self.capacity + 1_024)
  }

  package mutating func write(_ text: String) {
    buffer += text
    if isUnbuffered || buffer.utf8.count >= Self.capacity { flush() }
  }

  mutating func writeLine(_ text: String) {
    buffer += text
    write("\n")
  }

  /// Writes lines, the last with or without its newline; writes nothing for an empty text.
  mutating func writeLines(_ text: String) {
    guard let last = text.utf8.last else { return }
    write(text)
    if last != UInt8(ascii: "\n") { write("\n") }
  }

  mutating func writeLine(_ json: JSON) {
    json.write(into: &buffer)
    write("\n")
  }

  package mutating func writeError(_ text: String) {
    flush()
    host.writeError(text)
  }

  package mutating func flush() {
    guard !buffer.isEmpty else { return }
    host.write(buffer)
    // Does not keep the memory of one enormous line.
    buffer.removeAll(keepingCapacity: buffer.utf8.count <= 4 * Self.capacity)
  }
}
