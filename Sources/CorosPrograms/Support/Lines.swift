import CorosIO
import CorosKernel

/// What comes by a handle, line by line.
struct Lines {
  let handle: Handle
  private var buffer: [UInt8] = []
  private var hasEnded = false
  /// The most bytes of a line.
  private let limit: Int

  /// What went wrong with a line.
  enum Trouble: Error { case tooLong }

  init(_ handle: Handle, limit: Int = 8_192) {
    self.handle = handle
    self.limit = limit
  }

  /// The next line without its end; nil after the last.
  ///
  /// - Throws: `Trouble.tooLong`, and what receiving throws.
  nonisolated(nonsending) mutating func next(
    _ os: SystemInterface,
    timeout: Tick? = nil
  ) async throws -> [UInt8]? {
    var searched = 0
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        var line = Array(buffer[..<end])
        buffer.removeFirst(end + 1)
        if line.last == 0x0D { line.removeLast() }
        return line
      }
      searched = buffer.count
      if searched > limit { throw Trouble.tooLong }
      if hasEnded {
        defer { buffer = [] }
        return buffer.isEmpty ? nil : buffer
      }
      try await fill(os, timeout)
    }
  }

  /// So many bytes, less when the end comes first.
  nonisolated(nonsending) mutating func take(
    _ count: Int,
    _ os: SystemInterface
  ) async throws -> [UInt8] {
    while buffer.count < count, !hasEnded { try await fill(os, nil) }
    let bytes = Array(buffer.prefix(count))
    buffer.removeFirst(bytes.count)
    return bytes
  }

  private nonisolated(nonsending) mutating func fill(
    _ os: SystemInterface,
    _ timeout: Tick?
  ) async throws {
    let bytes = try await os.receive(handle, timeout: timeout)
    if bytes.isEmpty { hasEnded = true }
    buffer += bytes
  }
}
