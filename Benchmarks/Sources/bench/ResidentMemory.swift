#if canImport(Glibc)
  import Glibc
#endif

/// The resident memory of this process, and its growth.
struct ResidentMemory {
  /// With fewer tasks, the first use of code and of the allocator outweighs the tasks.
  static let fewestTasks = 10_000

  private let bytesBefore: Double?

  /// Notes the present size.
  init() {
    bytesBefore = Self.now
  }

  /// The growth since then, per task; nil if it is unknown, or there are too few tasks to tell.
  func growth(perTaskOf tasks: Int) -> Double? {
    guard tasks >= Self.fewestTasks, let bytesBefore, let now = Self.now else { return nil }
    return (now - bytesBefore) / Double(tasks)
  }

  /// The resident memory of this process, in bytes; nil if it is unknown.
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
