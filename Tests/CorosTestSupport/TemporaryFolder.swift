#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A temporary folder, removed with its contents when the value goes away: a home for a program under test.
package final class TemporaryFolder: Sendable {
  /// The path of the folder.
  package let path: String

  /// Creates the folder.
  package init() throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((parent + "/coros-test.XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw PseudoTerminal.StartError(
        description: "no temporary folder: \(String(cString: strerror(errno)))"
      )
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// The path of a file in the folder.
  package func file(_ name: String) -> String { path + "/" + name }

  /// Writes a file.
  package func write(_ text: String, to name: String) {
    write(bytes: Array(text.utf8), to: name)
  }

  /// Writes a text file, and returns its path.
  @discardableResult
  package func write(_ name: String, _ text: String) throws -> String {
    try write(name, bytes: Array(text.utf8))
  }

  /// Writes a file of arbitrary bytes, and returns its path.
  @discardableResult
  package func write(_ name: String, bytes: [UInt8]) throws -> String {
    write(bytes: bytes, to: name)
    guard read(name) != nil else {
      throw PseudoTerminal.StartError(description: "cannot write \(file(name))")
    }
    return file(name)
  }

  /// Writes a file of arbitrary bytes.
  package func write(bytes: [UInt8], to name: String) {
    guard let file = fopen(file(name), "w") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  /// The content of a file; nil if there is none.
  package func read(_ name: String) -> String? {
    Disk.text(of: file(name))
  }

  /// The names in the folder, sorted.
  package func names(in folder: String = ".") -> [String] {
    Disk.names(in: file(folder))
  }

  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in Disk.names(in: path) { remove(path + "/" + name) }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}
