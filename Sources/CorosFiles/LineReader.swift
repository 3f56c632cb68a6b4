#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads the lines of a file descriptor one by one, in memory bounded by the longest line allowed.
///
/// A line ends with a line feed, or a carriage return and a line feed; the last may lack both. A byte
/// order mark before the first line is skipped. NUL bytes are kept. A bad line spoils no other:
/// whatever is reported about it, the next call goes on with the line after it.
package struct LineReader: ~Copyable {
  /// What the next line turned out to be.
  package enum Line: Equatable, Sendable {
    case line(String)
    /// Not text; the first wrong byte is at this column, counted in bytes from 1.
    case invalidUTF8(column: Int)
    /// More bytes than allowed; the line was passed over.
    case tooLong(limit: Int)
    case end
    /// The system refused to read, or a signal came and reading was to stop (`EINTR`).
    case failed(errno: Int32)
  }

  /// The number of the line returned last, from 1; 0 before the first.
  package private(set) var lineNumber = 0

  private let descriptor: Int32
  private let limit: Int
  private let willRead: () -> Void
  private let stopsAtSignal: () -> Bool

  private let buffer: UnsafeMutableRawBufferPointer
  /// The bytes of the buffer that were read and not yet returned.
  private var unread = 0..<0
  /// The start of a line whose end is not in the buffer.
  private var partial: [UInt8] = []
  /// Whether that line has grown beyond the limit; kept here so that a signal in its midst changes nothing.
  private var isTooLong = false

  /// Makes a reader; the descriptor stays the caller's to close.
  ///
  /// - Parameters:
  ///   - descriptor: What to read from.
  ///   - limit: How many bytes a line may have.
  ///   - bufferSize: How many bytes to ask the system for at a time.
  ///   - willRead: Called before each time that it asks the system, which may take as long as it likes.
  ///   - stopsAtSignal: Asked when a signal interrupted reading; true gives up with `EINTR`.
  package init(
    descriptor: Int32,
    limit: Int = 16 << 20,
    bufferSize: Int = 64 << 10,
    willRead: @escaping () -> Void = {},
    stopsAtSignal: @escaping () -> Bool = { false }
  ) {
    self.descriptor = descriptor
    self.limit = limit
    self.willRead = willRead
    self.stopsAtSignal = stopsAtSignal
    self.buffer = .allocate(byteCount: max(1, bufferSize), alignment: 1)
  }

  deinit {
    buffer.deallocate()
  }

  /// Reads the next line.
  package mutating func next() -> Line {
    while true {
      let (part, isWhole) = takePart()
      // Room for the carriage return, which is no part of the line.
      if partial.count + part.count - 1 > limit { isTooLong = true }

      if isWhole, !isTooLong, partial.isEmpty {
        return finished(UnsafeRawBufferPointer(rebasing: buffer[part]))
      }
      if !isTooLong { partial.append(contentsOf: buffer[part]) }
      if !isWhole {
        switch fill() {
        case .success(true): continue
        case .success(false) where partial.isEmpty && !isTooLong: return .end
        case .success(false): break
        case .failure(let failure): return .failed(errno: failure.errno)
        }
      }
      defer {
        partial = []
        isTooLong = false
      }
      if isTooLong {
        lineNumber += 1
        return .tooLong(limit: limit)
      }
      return partial.withUnsafeBytes { finished($0) }
    }
  }

  /// Takes what is unread up to the next line feed, which is dropped, or all of it when there is none.
  private mutating func takePart() -> (part: Range<Int>, isWhole: Bool) {
    guard let base = buffer.baseAddress, !unread.isEmpty else { return (unread, false) }
    let start = unread.lowerBound
    guard let newline = memchr(base + start, 0x0A, unread.count) else {
      defer { unread = 0..<0 }
      return (unread, false)
    }
    let end = UnsafeRawPointer(newline) - UnsafeRawPointer(base)
    unread = end + 1..<unread.upperBound
    return (start..<end, true)
  }

  private struct ReadFailure: Error {
    var errno: Int32
  }

  /// Reads more into the empty buffer; false at the end of the file.
  private mutating func fill() -> Result<Bool, ReadFailure> {
    while true {
      willRead()
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 {
        unread = 0..<count
        return .success(count > 0)
      }
      let code = errno
      if code != EINTR || stopsAtSignal() { return .failure(ReadFailure(errno: code)) }
    }
  }

  private mutating func finished(_ bytes: UnsafeRawBufferPointer) -> Line {
    lineNumber += 1
    var end = bytes.count
    if end > 0, bytes[end - 1] == 0x0D { end -= 1 }
    let marked = lineNumber == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let start = marked ? 3 : 0
    if end - start > limit { return .tooLong(limit: limit) }
    let line = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    return line.withMemoryRebound(to: UInt8.self) { line in
      if let text = String(validating: line, as: UTF8.self) { return .line(text) }
      return .invalidUTF8(column: start + validPrefixCount(of: line) + 1)
    }
  }
}

/// How many bytes come before the first that is not UTF-8.
private func validPrefixCount(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
  var decoder = UTF8()
  var iterator = bytes.makeIterator()
  var count = 0
  while case .scalarValue(let scalar) = decoder.decode(&iterator) {
    count += UTF8.width(scalar)
  }
  return count
}
