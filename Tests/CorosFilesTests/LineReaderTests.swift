import CorosFiles
import Foundation
import Testing

@Suite struct LineReaderTests {
  /// All lines that a reader returns for some bytes, including `end`.
  private func lines(
    _ bytes: [UInt8],
    limit: Int = 1 << 20,
    bufferSize: Int = 64 << 10
  ) throws -> [LineReader.Line] {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let handle = try FileHandle(forReadingFrom: file)
    var reader = LineReader(
      descriptor: handle.fileDescriptor,
      limit: limit,
      bufferSize: bufferSize
    )
    var lines: [LineReader.Line] = []
    repeat { lines.append(reader.next()) } while lines.last != .end && lines.count < 1000
    #expect(reader.next() == .end)
    #expect(reader.lineNumber == lines.count - 1)
    try handle.close()
    return lines
  }

  private func lines(_ text: String, bufferSize: Int = 64 << 10) throws -> [LineReader.Line] {
    try lines(Array(text.utf8), bufferSize: bufferSize)
  }

  @Test(arguments: [1, 2, 3, 5, 64 << 10])
  func `lines end with a line feed, with or without a carriage return`(bufferSize: Int) throws {
    #expect(
      try lines("one\ntwo\r\n\n\r\nthree\rfour\n", bufferSize: bufferSize) == [
        .line("one"), .line("two"), .line(""), .line(""), .line("three\rfour"), .end,
      ]
    )
  }

  @Test(arguments: [1, 3, 64 << 10])
  func `the last line may have no line ending`(bufferSize: Int) throws {
    #expect(try lines("a\nlast", bufferSize: bufferSize) == [.line("a"), .line("last"), .end])
    #expect(try lines("a\nlast\r", bufferSize: bufferSize) == [.line("a"), .line("last"), .end])
    #expect(try lines("", bufferSize: bufferSize) == [.end])
    #expect(try lines("\n", bufferSize: bufferSize) == [.line(""), .end])
  }

  @Test func `NUL bytes and any text are kept`() throws {
    #expect(try lines("a\0b\n日本\u{FEFF}\n") == [.line("a\0b"), .line("日本\u{FEFF}"), .end])
  }

  @Test(arguments: [1, 2, 64 << 10])
  func `a byte order mark at the very start is skipped`(bufferSize: Int) throws {
    #expect(
      try lines("\u{FEFF}echo\n\u{FEFF}x\n", bufferSize: bufferSize) == [
        .line("echo"), .line("\u{FEFF}x"), .end,
      ]
    )
  }

  @Test(arguments: [1, 2, 64 << 10])
  func `a line that is not UTF-8 is reported with its column`(bufferSize: Int) throws {
    let bytes: [UInt8] =
      Array("ok\né".utf8) + [0xFF, 0x61, 0x0A] + Array("ok\n".utf8) + [0xE6, 0x97, 0x0A, 0x80]
    #expect(
      try lines(bytes, bufferSize: bufferSize) == [
        .line("ok"), .invalidUTF8(column: 3), .line("ok"), .invalidUTF8(column: 1),
        .invalidUTF8(column: 1), .end,
      ]
    )
    #expect(try lines([0xEF, 0xBB, 0xBF, 0x61, 0xC0]) == [.invalidUTF8(column: 5), .end])
    // An encoded surrogate and an overlong slash.
    #expect(try lines([0x61, 0xED, 0xA0, 0x80]) == [.invalidUTF8(column: 2), .end])
    #expect(try lines([0x61, 0xC0, 0xAF]) == [.invalidUTF8(column: 2), .end])
  }

  @Test(arguments: [1, 4, 7, 64 << 10])
  func `a line beyond the limit is skipped`(bufferSize: Int) throws {
    let text = "12345\r\n123456\nabc\n" + String(repeating: "x", count: 500) + "\n12345\n1234567"
    #expect(
      try lines(Array(text.utf8), limit: 5, bufferSize: bufferSize) == [
        .line("12345"), .tooLong(limit: 5), .line("abc"), .tooLong(limit: 5), .line("12345"),
        .tooLong(limit: 5), .end,
      ]
    )
  }

  @Test func `lines longer than the buffer are complete`() throws {
    let long = String(repeating: "ab日", count: 100_000)
    #expect(try lines("\(long)\nx\n\(long)") == [.line(long), .line("x"), .line(long), .end])
  }

  @Test func `lines are numbered from 1, including invalid ones`() throws {
    let pipe = Pipe()
    pipe.fileHandleForWriting.write(Data([0x61, 0x0A, 0xFF, 0x0A, 0x62]))
    try pipe.fileHandleForWriting.close()
    var reader = LineReader(descriptor: pipe.fileHandleForReading.fileDescriptor)
    #expect(reader.lineNumber == 0)
    var numbers: [Int] = []
    while reader.next() != .end { numbers.append(reader.lineNumber) }
    #expect(numbers == [1, 2, 3])
    #expect(reader.lineNumber == 3)
  }

  @Test func `a descriptor that cannot be read is reported`() {
    var reader = LineReader(descriptor: -1)
    #expect(reader.next() == .failed(errno: EBADF))
    #expect(reader.lineNumber == 0)
  }

  @Test func `giving up ends a wait, and loses nothing of the line`() throws {
    let pipe = Pipe()
    pipe.fileHandleForWriting.write(Data("begun".utf8))
    var asked = 0
    var reader = LineReader(
      descriptor: pipe.fileHandleForReading.fileDescriptor,
      unless: {
        asked += 1
        return asked == 3
      }
    )
    #expect(reader.next() == .failed(errno: EINTR))
    #expect(asked == 3)
    pipe.fileHandleForWriting.write(Data(" and ended\n".utf8))
    #expect(reader.next() == .line("begun and ended"))
    #expect(reader.lineNumber == 1)
  }

  @Test func `a line without end is given up`() throws {
    let zeros = try FileReader.open("/dev/zero")
    var asked = 0
    var reader = LineReader(
      descriptor: zeros.descriptor,
      limit: 1_000,
      unless: {
        asked += 1
        return asked == 50
      }
    )
    #expect(reader.next() == .failed(errno: EINTR))
    #expect(asked == 50)
  }

  @Test func `a descriptor that does not block is waited for`() throws {
    let pipe = Pipe()
    let input = pipe.fileHandleForReading.fileDescriptor
    #expect(fcntl(input, F_SETFL, O_NONBLOCK) == 0)
    var asked = 0
    var reader = LineReader(
      descriptor: input,
      unless: {
        asked += 1
        // The line comes late: the reader has found nothing by then.
        if asked == 3 { pipe.fileHandleForWriting.write(Data("late\n".utf8)) }
        return false
      }
    )
    #expect(reader.next() == .line("late"))
    #expect(asked >= 3)
  }
}
