#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A plain socket of the test's own: the other side of what the machine serves.
final class Client {
  private(set) var descriptor: Int32

  /// Connects to a port of this machine; the system takes the connection in before any task does.
  init?(port: Int) {
    #if os(Linux)
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      close(descriptor)
      return nil
    }
    // A test that waits in vain is to fail, and not to hang.
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(
      descriptor,
      SOL_SOCKET,
      SO_RCVTIMEO,
      &patience,
      socklen_t(MemoryLayout<timeval>.size)
    )
  }

  deinit { end() }

  func write(_ text: String) {
    let bytes = Array(text.utf8)
    #if os(Linux)
      _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    #else
      _ = send(descriptor, bytes, bytes.count, 0)
    #endif
  }

  /// What has come, or comes; nil when the connection is broken off.
  func read() -> String? {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  /// What has come, without waiting; nil when nothing has.
  func peek() -> String? {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    #if os(Linux)
      let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
    #else
      let count = recv(descriptor, &bytes, bytes.count, MSG_DONTWAIT)
    #endif
    return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  func endWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Breaks the connection off: the other side gets a reset.
  func reset() {
    var now = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
    end()
  }

  func end() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }
}
