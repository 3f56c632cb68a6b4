import CorosTestSupport
import Testing

@testable import CorosTerminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let header = HistoryFile.header + "\n"

private func mode(_ path: String) -> mode_t? {
  var status = stat()
  return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
}

@Suite struct HistoryStoreTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("history")
  }

  @Test func `lines are restored at the next start`() {
    let first = HistoryStore(path: path)
    #expect(first.entries.isEmpty)
    for line in ["spawn count", "ps -a", "écho 日本"] { first.record(line) }
    #expect(first.warning == nil)
    #expect(HistoryStore(path: path).entries == ["spawn count", "ps -a", "écho 日本"])
    #expect(folder.read("history") == header + "spawn count\nps -a\nécho 日本\n")
  }

  @Test func `a text of several lines is one entry`() {
    let first = HistoryStore(path: path, limit: 20)
    let text = "program a {\n  x\n\n}"
    first.record("before")
    first.record(text)
    first.record("after")
    #expect(folder.read("history") == header + "before\nprogram a {\n   x\n \n }\nafter\n")
    #expect(HistoryStore(path: path).entries == ["before", text, "after"])
    // Also when the file is written anew, without its oldest entries.
    for number in 1...40 { first.record("\(text) \(number)") }
    let last = HistoryStore(path: path, limit: 20).entries
    #expect(last.count == 20 && last.first == "\(text) 21" && last.last == "\(text) 40")
  }

  @Test func `only the owner can read the folders and the file`() {
    let deep = folder.file("a/b/history")
    HistoryStore(path: deep).record("x")
    #expect(mode(folder.file("a")) == 0o700)
    #expect(mode(folder.file("a/b")) == 0o700)
    #expect(mode(deep) == 0o600)
  }

  @Test func `a file that others could read becomes private`() {
    folder.write(header, to: "history")
    chmod(path, 0o644)
    HistoryStore(path: path).record("x")
    #expect(mode(path) == 0o600)
  }

  @Test func `lines that are not recorded`() {
    let store = HistoryStore(path: path)
    #expect(store.record("a"))
    #expect(!store.record("a"))
    #expect(!store.record(" secret"))
    #expect(!store.record(""))
    #expect(!store.record("\t "))
    #expect(!store.record("a\u{0}b"))
    #expect(!store.record("a\n"))
    #expect(store.record("b"))
    #expect(store.record("a"))
    #expect(store.entries == ["a", "b", "a"])
  }

  @Test func `two sessions do not lose each other's lines`() {
    let one = HistoryStore(path: path)
    let two = HistoryStore(path: path)
    one.record("one 1")
    two.record("two 1")
    one.record("one 2")
    #expect(HistoryStore(path: path).entries == ["one 1", "two 1", "one 2"])
  }

  @Test(arguments: [
    "my notes\nof years\n", "# coros history 2\nx\n", "# coros history 1", "\u{0}\u{1}",
  ])
  func `a file of another kind is not changed`(content: String) {
    folder.write(content, to: "history")
    let store = HistoryStore(path: path)
    #expect(store.warning?.contains("not a history of coros") == true)
    store.record("x")
    #expect(store.entries == ["x"])
    #expect(folder.read("history") == content)
    #expect(folder.names() == ["history"])
  }

  @Test func `an empty file is used`() {
    folder.write("", to: "history")
    let store = HistoryStore(path: path)
    store.record("x")
    #expect(store.warning == nil)
    #expect(folder.read("history") == header + "x\n")
  }

  @Test func `a folder, a pipe or a dangling link is refused`() {
    mkdir(folder.file("folder"), 0o700)
    mkfifo(folder.file("pipe"), 0o600)
    symlink(folder.file("nowhere"), folder.file("link"))
    for name in ["folder", "pipe", "link"] {
      let store = HistoryStore(path: folder.file(name))
      store.record("x")
      #expect(store.warning != nil, "\(name)")
      #expect(store.entries == ["x"])
    }
    #expect(folder.names() == ["folder", "link", "pipe"])
  }

  @Test func `a file in place of a folder causes a warning`() {
    folder.write("x", to: "file")
    let store = HistoryStore(path: folder.file("file/history"))
    store.record("y")
    #expect(store.warning != nil)
    #expect(folder.read("file") == "x")
  }

  @Test func `a link to the file is followed and kept`() {
    folder.write(header + (1...30).map { "line \($0)\n" }.joined(), to: "real")
    symlink("real", path)
    let store = HistoryStore(path: path, limit: 10)
    store.record("last")
    #expect(store.warning == nil)
    var status = stat()
    #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(folder.read("real") == header + (21...30).map { "line \($0)\n" }.joined() + "last\n")
    #expect(folder.names() == ["history", "real"])
  }

  @Test func `the newest lines are kept, in memory and in the file`() {
    let store = HistoryStore(path: path, limit: 50)
    for number in 1...500 { store.record("line \(number)") }
    #expect(store.entries == (451...500).map { "line \($0)" })
    let lines = folder.read("history")?.split(separator: "\n") ?? []
    #expect(lines.count <= 50 + 17 + 1)
    #expect(lines.last == "line 500")
    #expect(HistoryStore(path: path, limit: 50).entries == store.entries)
    #expect(folder.names() == ["history"])
    #expect(mode(path) == 0o600)
  }

  @Test func `a session notices that another session has trimmed the file`() {
    let one = HistoryStore(path: path, limit: 5)
    one.record("before")
    let two = HistoryStore(path: path, limit: 5)
    for number in 1...40 { two.record("two \(number)") }
    one.record("after")
    #expect(HistoryStore(path: path, limit: 5).entries.last == "after")
  }

  @Test func `invalid UTF-8 and an incomplete line are tolerated`() {
    let lines: [UInt8] = [0x61, 0xFF, 0x62, 0x0A, 0x00, 0x0A, 0x63]
    folder.write(bytes: Array(header.utf8) + lines, to: "history")
    let store = HistoryStore(path: path)
    #expect(store.warning == nil)
    #expect(store.entries == ["a\u{FFFD}b", "c"])
    store.record("d")
    #expect(HistoryStore(path: path).entries == ["a\u{FFFD}b", "c", "d"])
  }

  @Test func `lines of any length`() {
    let long = String(repeating: "日本 ", count: 40_000)
    HistoryStore(path: path).record(long)
    #expect(HistoryStore(path: path).entries == [long])
  }

  @Test func `while the file is locked, lines are kept and written later`() {
    let store = HistoryStore(path: path)
    store.record("a")
    let lock = open(path, O_RDWR | O_CLOEXEC)
    #expect(flock(lock, LOCK_EX) == 0)
    store.record("b")
    #expect(store.warning == nil)
    #expect(folder.read("history") == header + "a\n")
    close(lock)
    store.record("c")
    #expect(folder.read("history") == header + "a\nb\nc\n")
  }

  @Test func `without a path lines are kept in memory`() {
    let store = HistoryStore(path: nil)
    store.record("x")
    #expect(store.entries == ["x"])
    #expect(store.warning == nil)
  }

  @Test func `the default path of the history`() {
    func path(_ variables: [String: String]) -> String? {
      HistoryStore.defaultPath { variables[$0] }
    }
    #expect(path(["XDG_STATE_HOME": "/s", "HOME": "/h"]) == "/s/coros/history")
    #expect(path(["XDG_STATE_HOME": "s", "HOME": "/h"]) == "/h/.local/state/coros/history")
    #expect(path(["XDG_STATE_HOME": "", "HOME": "/h"]) == "/h/.local/state/coros/history")
    #expect(path(["HOME": ""]) == nil)
    #expect(path([:]) == nil)
  }
}
