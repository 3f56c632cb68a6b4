import CorosTestSupport
import Foundation
import Testing

@testable import CorosFiles

@Suite struct FileWriterTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private static let kind = FileKind(noun: "ours", beginning: "ours")

  private func write(_ text: String, to name: String, isForced: Bool = false) throws(FileError) {
    let writer = try FileWriter(folder.path + "/" + name, kind: Self.kind, isForced: isForced)
    try writer.write(text)
    try writer.commit()
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
  }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  @Test func `a new file is written, and a file of the same kind is replaced`() throws {
    try write("ours 1", to: "a")
    #expect(try text("a") == "ours 1")
    try write("ours 2", to: "a")
    #expect(try text("a") == "ours 2")
    #expect(try names == ["a"])
  }

  @Test func `a file of another kind is replaced only by force`() throws {
    try folder.write("a", "theirs")
    let error = #expect(throws: FileError.self) { try write("ours", to: "a") }
    #expect(error?.hint.contains("--force") == true)
    #expect(try text("a") == "theirs")
    #expect(try names == ["a"])
    try write("ours", to: "a", isForced: true)
    #expect(try text("a") == "ours")
  }

  @Test func `the beginning of a kind counts only at the start of a file`() throws {
    try folder.write("a", "not ours")
    #expect(throws: FileError.self) { try write("ours", to: "a") }
  }

  @Test func `an empty file can be replaced`() throws {
    try folder.write("a", "")
    try write("ours", to: "a")
    #expect(try text("a") == "ours")
  }

  @Test func `an invalid target is refused, even with force`() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path + "/sub",
      withIntermediateDirectories: false
    )
    for name in ["sub", "no/such/place", "a\u{0}b", String(repeating: "n", count: 300)] {
      let error = #expect(throws: FileError.self) { try write("ours", to: name, isForced: true) }
      #expect(error?.message.isEmpty == false && error?.hint.isEmpty == false)
    }
    for path in ["/dev/null", ""] {
      #expect(throws: FileError.self) {
        _ = try FileWriter(path, kind: Self.kind, isForced: true)
      }
    }
    #expect(try names == ["sub"])
  }

  @Test func `a link is followed, and permissions are kept`() throws {
    try write("ours 1", to: "a")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o640],
      ofItemAtPath: folder.path + "/a"
    )
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link",
      withDestinationPath: folder.path + "/a"
    )
    try write("ours 2", to: "link")
    #expect(try text("a") == "ours 2")
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/a")
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    let link = try FileManager.default.attributesOfItem(atPath: folder.path + "/link")
    #expect(link[.type] as? FileAttributeType == .typeSymbolicLink)
  }

  @Test func `a link that leads to no file yet is kept, and its file is made`() throws {
    let manager = FileManager.default
    try manager.createDirectory(atPath: folder.file("sub"), withIntermediateDirectories: false)
    for (link, target) in [("link", "new"), ("other", "sub/new"), ("far", folder.file("sub/far"))] {
      try manager.createSymbolicLink(
        atPath: folder.file(link),
        withDestinationPath: target
      )
      try write("ours", to: link)
      let attributes = try manager.attributesOfItem(atPath: folder.file(link))
      #expect(attributes[.type] as? FileAttributeType == .typeSymbolicLink)
      #expect(try text(link) == "ours")
    }
    #expect(try names == ["far", "link", "new", "other", "sub"])
  }

  @Test func `a file with two names keeps both`() throws {
    try write("ours 1, and rather long", to: "a")
    try FileManager.default.linkItem(atPath: folder.file("a"), toPath: folder.file("b"))
    try write("ours 2", to: "a")
    #expect(try text("b") == "ours 2")
    #expect(try names == ["a", "b"])
  }

  @Test func `a file that may be read only is replaced only by force`() throws {
    try write("ours 1", to: "a")
    #expect(chmod(folder.file("a"), 0o444) == 0)
    let error = #expect(throws: FileError.self) { try write("ours 2", to: "a") }
    #expect(error?.message.contains("write-protected") == true)
    #expect(try text("a") == "ours 1")
    try write("ours 2", to: "a", isForced: true)
    #expect(try text("a") == "ours 2")
    #expect(try names == ["a"])
  }

  @Test func `whoever gives up changes nothing`() throws {
    try write("ours 1", to: "a")
    var isInterrupted = false
    let writer = try FileWriter(folder.file("a"), kind: Self.kind, unless: { isInterrupted })
    try writer.write("ours 2")
    isInterrupted = true
    #expect(throws: FileError.interrupted) { try writer.commit() }
    #expect(throws: FileError.interrupted) {
      for _ in 0..<10_000 { try writer.write("ours 2, much longer than any buffer") }
    }
    #expect(try text("a") == "ours 1")
  }

  @Test func `without a commit nothing changes and nothing is left behind`() throws {
    try write("ours 1", to: "a")
    for name in ["a", "b"] {
      let writer = try FileWriter(folder.path + "/" + name, kind: Self.kind)
      for _ in 0..<10_000 { try writer.write("ours 2, much longer than any buffer") }
    }
    #expect(try names == ["a"])
    #expect(try text("a") == "ours 1")
  }

  @Test func `a long text is written in pieces`() throws {
    let writer = try FileWriter(folder.path + "/a", kind: Self.kind)
    for number in 0..<50_000 { try writer.write("line \(number)\n") }
    try writer.commit()
    #expect(try text("a") == (0..<50_000).map { "line \($0)\n" }.joined())
  }

  @Test func `other users cannot read a private file`() throws {
    let writer = try FileWriter(folder.path + "/a", kind: Self.kind, isPrivate: true)
    try writer.commit()
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/a")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func `temporary files of other writers are not in the way`() throws {
    for attempt in 1...3 {
      try folder.write("a.coros-\(ProcessInfo.processInfo.processIdentifier)-\(attempt)", "left")
    }
    try write("ours", to: "a")
    #expect(try text("a") == "ours")
    #expect(try names.count == 4)
  }
}
