#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Text files for the programs that are measured.
enum TextFile {
  /// Writes lines to a file, in a folder that is made where there is none.
  static func write(_ lines: some Sequence<String>, to path: String) throws {
    _ = try ChildProcess.output(of: [
      "mkdir", "-p", String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]),
    ])
    guard let file = fopen(path, "w") else {
      throw ChildProcess.Failure(description: "cannot write \(path)")
    }
    defer { fclose(file) }
    for line in lines { fputs("\(line)\n", file) }
  }
}
