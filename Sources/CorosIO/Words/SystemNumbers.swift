#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The system's numbers for what can fail, and what they mean here.
enum SystemNumbers {
  static let reset = ECONNRESET
  static let inUse = EADDRINUSE
  static let refused = ECONNREFUSED
  static let notFound = ENOENT

  /// Whether the system has no descriptor left for this process.
  static func isLackOfDescriptors(_ number: Int32) -> Bool { number == EMFILE }

  /// Whether the system has not enough of something for another connection, which therefore waits.
  static func isLack(_ number: Int32) -> Bool {
    [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(number)
  }

  static func failure(_ number: Int32, _ subject: String) -> IOFailure {
    switch number {
    case ECONNREFUSED, ENXIO: .refused
    // A connection that is no longer one: the other side broke it off before the call came.
    case ECONNRESET, EPIPE, ECONNABORTED, ENOTCONN: .reset
    case EADDRINUSE: .addressInUse
    case EADDRNOTAVAIL, EHOSTUNREACH, ENETUNREACH: .unreachable
    case ETIMEDOUT: .timedOut(bytes: 0)
    case EACCES, EPERM: .denied("\(subject): the system does not allow it")
    // No system says so of an open: `SystemDevice` does.
    case ENOTTY: .denied("\(subject) is the terminal, whose keys belong to the prompt")
    case ENOENT: .notFound(subject)
    case EISDIR: .unsupported("\(subject) is a folder")
    default: .system(String(cString: strerror(number)).lowercased())
    }
  }
}
