import Foundation
import Shop
import Testing

/// What somebody sees who attaches to the shop.
@Suite struct ShopTests {
  @Test func `the shop answers while it runs`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("s\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    setenv("XDG_RUNTIME_DIR", folder.path, 1)
    let shop = try Shop()
    shop.run(ticks: 30)
    let visitor = try Visitor(try #require(shop.socket))
    visitor.send(
      #"{"coros":"attach","version":1,"pid":1,"wants":"drive","events":false}"#,
      #"{"id":1,"line":"orders"}"#,
      #"{"id":2,"line":"doors closed"}"#,
      #"{"id":3,"line":"doors ajar"}"#,
      #"{"id":4,"line":"back 3"}"#
    )
    shop.run(ticks: 30)
    let heard = visitor.heard()
    #expect(heard.contains("wait, ") && heard.contains("delivered"))
    #expect(heard.contains("the doors are closed"))
    #expect(heard.contains("the doors are open or closed"))
    #expect(heard.contains("what was delivered cannot be fetched back"))
  }
}

/// One end of a Unix socket that sends lines, and keeps what comes.
private final class Visitor {
  private let descriptor: Int32

  init(_ path: String) throws {
    #if canImport(Darwin)
      descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
    #else
      descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(result == 0)
  }

  deinit { close(descriptor) }

  func send(_ lines: String...) {
    let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    _ = write(descriptor, bytes, bytes.count)
  }

  func heard() -> String {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
