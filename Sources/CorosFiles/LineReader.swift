#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads the lines of a file descriptor one by one; the longest allowed line bounds the memory.
///
/// A line ends with LF or CRLF; the last line may have no ending. A byte order mark before the first line is
/// skipped. NUL bytes are kept. After an invalid line, the next call continues with the line that follows it.
package struct LineReader: ~Copyable {
  /// The result of reading one line.
  package enum Line: Equatable, Sendable {
    case line(String)
    /// The line is not UTF-8; the first invalid byte is at this column, in bytes from 1.
    case invalidUTF8(column: Int)
    /// The line is longer than the limit, and was skipped.
    case tooLong(limit: Int)
    case end
    /// The read failed, or the caller gave up (`EINTR`); what was read of a line is kept for the next call.
    case failed(errno: Int32)
  }

  /// The number of the last line returned, from 1; 0 before the first.
  package private(set) var lineNumber = 0

  private let descriptor: Int32
  private let limit: Int
  private let willRead: () -> Void
  private let givesUp: () -> Bool

  private let buffer: UnsafeMutableRawBufferPointer
  /// The bytes of the buffer that are read but not yet returned.
  private var unread = 0..<0
  /// The start of a line whose end is not yet in the buffer.
  private var partial: [UInt8] = []
  /// Whether that line exceeds the limit.
  ///
  /// Stored, so that a signal inside the line does not lose it.
  private var isTooLong = false

  /// Makes a reader.
  ///
  /// The caller remains responsible for closing the descriptor.
  ///
  /// - Parameters:
  ///   - descriptor: The descriptor to read from.
  ///   - limit: The maximum length of a line, in bytes.
  ///   - bufferSize: The number of bytes for each system call.
  ///   - willRead: Called before each system call, which may block.
  ///   - condition: Asked before each system call, and while it waits for input; true gives up.
  package init(
    descriptor: Int32,
    limit: Int = 16 << 20,
    bufferSize: Int = 64 << 10,
    willRead: @escaping () -> Void = {},
    unless condition: @escaping () -> Bool = { false }
  ) {
    self.descriptor = descriptor
    self.limit = limit
    self.willRead = willRead
    givesUp = condition
    self.buffer = .allocate(byteCount: max(1, bufferSize), alignment: 1)
  }

  deinit {
    buffer.deallocate()
  }

  /// Reads the next line; may block.
  package mutating func next() -> Line {
    while true {
      let (part, isWhole) = takePart()
      // One byte more for the carriage return, which is not part of the line.
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

  /// Takes the unread bytes up to the next line feed, which is dropped, or all of them if there is none.
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

  /// Reads more into the empty buffer; false at the end of the file.
  private mutating func fill() -> Result<Bool, InputWait.Failure> {
    willRead()
    return InputWait.read(descriptor, into: buffer, unless: givesUp).map { count in
      unread = 0..<count
      return count > 0
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
      // What is not UTF-8 is repaired, and then differs: `String(validating:as:)` takes five times as long.
      var text = String(decoding: line, as: UTF8.self)
      let isKept = text.withUTF8 { kept in
        guard kept.count == line.count else { return false }
        guard let new = kept.baseAddress, let old = line.baseAddress else { return true }
        return memcmp(new, old, line.count) == 0
      }
      if isKept { return .line(text) }
      return .invalidUTF8(column: start + validPrefixCount(of: line) + 1)
    }
  }
}

/// The number of bytes before the first one that is not UTF-8.
private func validPrefixCount(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
  var decoder = UTF8()
  var iterator = bytes.makeIterator()
  var count = 0
  while case .scalarValue(let scalar) = decoder.decode(&iterator) {
    count += UTF8.width(scalar)
  }
  return count
}
