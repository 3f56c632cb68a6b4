#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

enum ResidentMemory {
  /// The peak resident memory of this process, in kilobytes.
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

/// Unbuffered output, so that a crash loses no line.
enum Console: Int32 {
  case output = 1
  case errors = 2

  func say(_ line: String) {
    Array("\(line)\n".utf8).withUnsafeBytes { bytes in
      _ = write(rawValue, bytes.baseAddress, bytes.count)
    }
  }
}
