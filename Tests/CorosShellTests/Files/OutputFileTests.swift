import CorosTestSupport
import Testing

@testable import CorosCommands
@testable import CorosShell

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files that commands write, and the names that lead to them.
@Suite struct OutputFileTests {
  private let folder: TemporaryFolder
  private let session = TestShell()

  init() throws {
    folder = try TemporaryFolder()
    session.type("spawn count 2; run")
  }

  @Test(arguments: ["save %", "export --csv %", "export --jsonl %", "timeline --svg %"])
  func `links are kept, and a write-protected file is replaced only by force`(_ command: String) {
    func run(_ name: String, _ more: String = "") -> String {
      session.type(command.replacing("%", with: folder.file(name)) + more)
    }
    #expect(symlink("real", folder.file("link")) == 0)
    _ = run("link")
    let written = folder.read("real")
    #expect(written?.isEmpty == false)
    #expect(folder.names(in: ".").sorted() == ["link", "real"])
    var status = stat()
    #expect(lstat(folder.file("link"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)

    #expect(chmod(folder.file("real"), 0o400) == 0)
    #expect(run("link").contains("is write-protected"))
    #expect(!run("link", " --force").contains("write-protected"))
    #expect(folder.read("real") == written)
  }

  @Test(arguments: ["", " --force"])
  func `two formats cannot go to one file, whatever its names are`(_ more: String) {
    let path = folder.file("a")
    #expect(symlink("a", folder.file("b")) == 0)
    for other in [path, folder.path + "/./a", folder.file("b")] {
      let said = session.type("export --csv \(path) --dot \(other)\(more)")
      #expect(said.contains("two formats cannot go to one file"))
      #expect(folder.read("a") == nil)
    }
    #expect(session.type("export --csv \(path) --dot \(folder.file("c"))").hasPrefix("written: "))
  }

  @Test func `a file of its own kind is not in the way`() {
    let path = folder.file("a")
    for _ in 1...2 { #expect(session.type("save \(path)").hasPrefix("saved")) }
    #expect(session.type("export --csv \(path)").contains("already exists and is not"))
  }

  @Test func `a file of jobs may bear any name after two dashes`() throws {
    try folder.write("--jobs=1", "len=3\nlen=4\n")
    #expect(session.type("workload -- \(folder.file("--jobs=1"))").contains("len=4"))
    #expect(session.type("workload --").contains("workload needs jobs"))
  }

  @Test func `a byte order mark before the first command is skipped`() {
    #expect(session.run("\u{FEFF}echo yes\r\n") == 0)
    #expect(session.host.takeOutput().hasSuffix("yes\n"))
  }

  @Test func `before anything has run every range of the timeline is empty`() {
    let fresh = TestShell()
    #expect(fresh.type("timeline 0..9") == fresh.type("timeline"))
    #expect(fresh.type("timeline 3..") == fresh.type("timeline"))
  }

  @Test func `a word that doubles itself, and too many variables, meet a bound`() {
    let session = TestShell()
    session.type("set a 0123456789abcdef")
    for _ in 0..<20 { #expect(session.type("set a \"$a$a\"") == "") }
    #expect(session.type("set a \"$a$a\"").contains("longer than 16777216 bytes"))
    #expect(session.type("echo $a $a").contains("longer than 16777216 bytes"))
    for name in ["b", "c"] { session.type("set \(name) $a") }
    #expect(session.type("set d $a").contains("more than 67108864 bytes"))
    // What is given back can be used again.
    session.type("set b ''")
    #expect(session.type("set d $a") == "")
  }
}
