#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

enum ResidentMemory {
  /// The most memory that this process has had resident, in kilobytes.
  static var most: Int {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss
    #else
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss / 1024
    #endif
  }
}

/// Where lines go, past all buffers: what was said before a crash must not be lost in it.
enum Console: Int32 {
  case output = 1
  case errors = 2

  func say(_ line: String) {
    Array("\(line)\n".utf8).withUnsafeBytes { bytes in
      _ = write(rawValue, bytes.baseAddress, bytes.count)
    }
  }
}
