import CorosIO
import CorosKernel

/// What comes by a handle, line by line.
struct Lines {
  let handle: Handle
  private var buffer: [UInt8] = []
  /// How many bytes of the buffer have been given.
  private var given = 0
  private var hasEnded = false
  /// The most bytes of a line.
  private let limit: Int

  /// What went wrong with a line.
  enum Trouble: Error, CustomStringConvertible {
    /// It has more bytes than that.
    case tooLong(most: Int)

    var description: String {
      switch self {
      case .tooLong(let most): "a line that came in has more than \(most) bytes"
      }
    }
  }

  init(_ handle: Handle, limit: Int = 8_192) {
    self.handle = handle
    self.limit = limit
  }

  /// The next line without its end; nil after the last.
  ///
  /// - Throws: `Trouble.tooLong`, and what receiving throws.
  nonisolated(nonsending) mutating func next(_ os: SystemInterface) async throws -> [UInt8]? {
    var searched = given
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        let hasReturn = end > given && buffer[end - 1] == 0x0D
        defer { give(upTo: end + 1) }
        return Array(buffer[given..<(hasReturn ? end - 1 : end)])
      }
      if buffer.count - given > limit { throw Trouble.tooLong(most: limit) }
      if hasEnded {
        defer { give(upTo: buffer.count) }
        return buffer.count == given ? nil : Array(buffer[given...])
      }
      let unread = buffer.count - given
      try await fill(os)
      // What was searched in vain stands at the beginning now.
      searched = given + unread
    }
  }

  /// Whether so many bytes have come already.
  func holds(_ count: Int) -> Bool { buffer.count - given >= count }

  /// So many bytes, less when the end comes first.
  nonisolated(nonsending) mutating func take(
    _ count: Int,
    _ os: SystemInterface
  ) async throws -> [UInt8] {
    while buffer.count - given < count, !hasEnded { try await fill(os) }
    let bytes = Array(buffer[given...].prefix(count))
    give(upTo: given + bytes.count)
    return bytes
  }

  private mutating func give(upTo end: Int) {
    given = end
    if given == buffer.count {
      buffer = []
      given = 0
    }
  }

  private nonisolated(nonsending) mutating func fill(_ os: SystemInterface) async throws {
    let bytes = try await os.receive(handle)
    if bytes.isEmpty { hasEnded = true }
    if given > 0 {
      buffer.removeFirst(given)
      given = 0
    }
    if buffer.isEmpty { buffer = bytes } else { buffer += bytes }
  }
}
