import CorosTestSupport
import Foundation
import Testing

@testable import CorosFiles

/// Files that never come, never end, or are none.
@Suite struct FileReaderTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func `a named pipe is opened at once, and read as far as it goes`() throws {
    let path = folder.file("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let file = try FileReader.open(path)
    var asked = 0
    let (bytes, error) = file.read(atMost: 10) {
      asked += 1
      return asked == 4
    }
    #expect(bytes == [] && error == EINTR)
    let writer = open(path, O_WRONLY)
    #expect(writer >= 0)
    #expect(write(writer, "ab", 2) == 2)
    close(writer)
    #expect(file.read(atMost: 10).bytes == Array("ab".utf8))
    #expect(file.read(atMost: 10).bytes == [])
  }

  @Test func `what never ends is given up`() {
    var asked = 0
    let error = #expect(throws: FileError.self) {
      try FileReader.text("/dev/zero") {
        asked += 1
        return asked == 20
      }
    }
    #expect(error?.message.contains("cannot read '/dev/zero'") == true)
  }

  @Test func `a tilde is the home folder, but for a sandbox`() throws {
    let home = getenv("HOME").map { String(cString: $0) } ?? ""
    let files = FileAccess(isDisabled: false)
    let missing = #expect(throws: FileError.self) { try files.text(of: "~/no/such/file") }
    #expect(missing?.message.contains("'\(home)/no/such/file'") == true)
    let refused = #expect(throws: FileError.self) {
      try FileAccess(isDisabled: true).text(of: "~/no/such/file")
    }
    #expect(refused?.message.contains("sandbox") == true)
  }
}
