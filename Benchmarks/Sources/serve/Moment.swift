#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The time, as a message that the clients understand.
enum Moment {
  /// The nanoseconds of the monotonic clock in eight bytes, and as many more as make a message of that length.
  static func now(filling count: Int) -> [UInt8] {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let nanoseconds = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    let bytes = withUnsafeBytes(of: nanoseconds) { Array($0) }
    return bytes + [UInt8](repeating: 0, count: max(0, count - bytes.count))
  }
}
