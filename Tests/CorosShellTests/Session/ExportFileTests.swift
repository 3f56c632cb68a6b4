import Foundation
import Testing

@testable import CorosShell

@Suite struct ExportFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func file(_ name: String, isForced: Bool = false) -> ExportFile {
    ExportFile(path: folder.path + "/" + name, marker: "ours", isForced: isForced)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
  }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  @Test func `a new file is written, and one of ours is replaced`() throws {
    try file("a").save("ours 1")
    #expect(try text("a") == "ours 1")
    try file("a").save("ours 2")
    #expect(try text("a") == "ours 2")
    #expect(try names == ["a"])
  }

  @Test func `another's file is left alone unless that is insisted on`() throws {
    try folder.write("a", "theirs")
    let error = #expect(throws: ExportError.self) { try file("a").save("ours") }
    #expect(error?.hint.contains("--force") == true)
    #expect(try text("a") == "theirs")
    #expect(try names == ["a"])
    try file("a", isForced: true).save("ours")
    #expect(try text("a") == "ours")
  }

  @Test func `a mark far down in a file does not make it ours`() throws {
    try folder.write("a", String(repeating: "x", count: 600) + "ours")
    #expect(throws: ExportError.self) { try file("a").save("ours") }
  }

  @Test func `an empty file is nobody's`() throws {
    try folder.write("a", "")
    try file("a").save("ours")
    #expect(try text("a") == "ours")
  }

  @Test func `what is no place for a file is refused, even with force`() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path + "/sub",
      withIntermediateDirectories: false
    )
    for name in ["sub", "no/such/place", "a\u{0}b", String(repeating: "n", count: 300)] {
      let error = #expect(throws: ExportError.self) { try file(name, isForced: true).save("ours") }
      #expect(error?.message.isEmpty == false && error?.hint.isEmpty == false)
    }
    let device = ExportFile(path: "/dev/null", marker: "ours", isForced: true)
    #expect(throws: ExportError.self) { try device.save("ours") }
    let nameless = ExportFile(path: "", marker: "ours", isForced: true)
    #expect(throws: ExportError.self) { try nameless.save("ours") }
    #expect(try names == ["sub"])
  }

  @Test func `a link stays one, and permissions stay as they were`() throws {
    try file("a").save("ours 1")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o640],
      ofItemAtPath: folder.path + "/a"
    )
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link",
      withDestinationPath: folder.path + "/a"
    )
    try file("link").save("ours 2")
    #expect(try text("a") == "ours 2")
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/a")
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    let link = try FileManager.default.attributesOfItem(atPath: folder.path + "/link")
    #expect(link[.type] as? FileAttributeType == .typeSymbolicLink)
  }
}
