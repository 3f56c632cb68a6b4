/// Where somebody listens: a number and a port, or the path of a Unix socket.
///
/// Names are not looked up, but for `localhost`: that blocks the thread, and with it the machine.
public enum Address: Hashable, Sendable {
  /// An address of version 4 of the Internet protocol, its four numbers, and a port.
  case internet([UInt8], port: UInt16)
  /// A path.
  case local(String)

  /// The most bytes of a path, by the system.
  static let longestPath = 103

  /// Reads an address: `8080`, `127.0.0.1:8080`, `localhost:8080`, `*:8080` for all addresses of this machine, or a path
  /// with a slash.
  ///
  /// - Parameter text: the address.
  /// - Throws: `IOFailure.invalid`, with the way out.
  public init(_ text: String) throws(IOFailure) {
    if text.contains("/") {
      guard text.utf8.count <= Self.longestPath, !text.utf8.contains(0) else {
        throw .invalid("a socket's path has at most \(Self.longestPath) bytes: use a shorter one")
      }
      self = .local(text)
      return
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let host = parts.count == 2 ? String(parts[0]) : "127.0.0.1"
    guard parts.count <= 2, let last = parts.last, !last.isEmpty,
      last.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
    else {
      throw .invalid(
        "'\(text.prefix(60))' is no address: write PORT, HOST:PORT or a path with a slash"
      )
    }
    guard let port = UInt16(last) else {
      throw .invalid("'\(last.prefix(60))' is no port: the highest is 65535")
    }
    switch host {
    case "localhost": self = .internet([127, 0, 0, 1], port: port)
    case "*": self = .internet([0, 0, 0, 0], port: port)
    default:
      let numbers = host.split(separator: ".", omittingEmptySubsequences: false).compactMap {
        UInt8($0)
      }
      guard numbers.count == 4, host.split(separator: ".").count == 4 else {
        throw .invalid(
          "'\(host.prefix(60))' is no number of a host: names are not looked up, so write it as 127.0.0.1"
        )
      }
      self = .internet(numbers, port: port)
    }
  }

  /// Whether only programs on this machine can come there.
  public var isLocal: Bool {
    switch self {
    case .internet(let numbers, _): numbers[0] == 127
    case .local: true
    }
  }
}

extension Address: CustomStringConvertible {
  /// `127.0.0.1:8080`, or the path.
  public var description: String {
    switch self {
    case .internet(let numbers, let port):
      numbers.map(String.init).joined(separator: ".") + ":\(port)"
    case .local(let path): path
    }
  }
}
