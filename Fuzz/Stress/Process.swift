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

enum StandardError {
  /// Writes a line of progress, past all buffers.
  static func write(_ line: String) {
    Array("\(line)\n".utf8).withUnsafeBytes { bytes in
      _ = Self.write(2, bytes.baseAddress, bytes.count)
    }
  }

  private static func write(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes, count)
    #else
      Darwin.write(descriptor, bytes, count)
    #endif
  }
}
