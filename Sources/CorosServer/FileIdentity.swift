#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which file a path leads to, whatever it is called.
struct FileIdentity: Equatable {
  private let device: UInt64
  private let number: UInt64

  /// Nil when there is none.
  init?(_ path: String) {
    var state = stat()
    guard lstat(path, &state) == 0 else { return nil }
    device = UInt64(truncatingIfNeeded: state.st_dev)
    number = UInt64(truncatingIfNeeded: state.st_ino)
  }
}
