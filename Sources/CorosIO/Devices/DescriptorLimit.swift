#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How many descriptors this process may have.
public enum DescriptorLimit {
  /// What is kept back for the terminal, files and whatever else the process opens.
  private static let reserve = 64

  /// The most handles of a world, if nobody says otherwise: what the system allows, less a few.
  public static var standard: Int { max(16, min(soft, 1 << 20) - reserve) }

  /// Allows this process as many descriptors as it can allow itself.
  ///
  /// It is for programs, not for libraries.
  public static func raise() {
    var limit = rlimit()
    guard read(&limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
    limit.rlim_cur = min(limit.rlim_max, 1 << 20)
    write(limit)
  }

  private static var soft: Int {
    var limit = rlimit()
    return read(&limit) == 0 ? Int(clamping: limit.rlim_cur) : 256
  }

  #if canImport(Glibc)
    private static func read(_ limit: inout rlimit) -> Int32 {
      getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
    private static func write(_ limit: rlimit) {
      var limit = limit
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
  #else
    private static func read(_ limit: inout rlimit) -> Int32 { getrlimit(RLIMIT_NOFILE, &limit) }
    private static func write(_ limit: rlimit) {
      var limit = limit
      setrlimit(RLIMIT_NOFILE, &limit)
    }
  #endif
}
