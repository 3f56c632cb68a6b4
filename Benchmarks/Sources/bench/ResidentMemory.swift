#if canImport(Glibc)
  import Glibc
#endif

/// How much of this process's memory is resident, and by how much that grows.
struct ResidentMemory {
  /// With fewer tasks the first use of code and of the allocator weighs more than the tasks do.
  static let fewestTasks = 10_000

  private let bytesBefore: Double?

  /// Begins to watch.
  init() {
    bytesBefore = Self.now
  }

  /// The growth since the beginning, for each task; nil where it is unknown or too small to tell.
  func growth(perTaskOf tasks: Int) -> Double? {
    guard tasks >= Self.fewestTasks, let bytesBefore, let now = Self.now else { return nil }
    return (now - bytesBefore) / Double(tasks)
  }

  /// The resident memory of this process, in bytes; nil where it is unknown.
  static var now: Double? {
    #if os(Linux)
      guard let file = fopen("/proc/self/statm", "r") else { return nil }
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 128)
      guard fgets(&line, Int32(line.count), file) != nil else { return nil }
      let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
      let fields = text.split(separator: " ")
      guard fields.count > 1, let pages = Double(fields[1]) else { return nil }
      return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
    #else
      return nil
    #endif
  }
}
