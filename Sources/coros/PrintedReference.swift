import CorosCommands
import CorosPrograms
import CorosShell
import CorosTerminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The reference, as printed on standard output.
enum PrintedReference {
  /// The output format.
  enum Form: String, CaseIterable, Sendable {
    case man, markdown
  }

  /// The reference; nil if no temporary directory can be created for its examples.
  static func text(as form: Form) -> String? {
    switch form {
    case .man:
      ManualPage(ReferencePage(program: .coros, catalogue: .builtIn)).text
    case .markdown:
      inTemporaryFolder {
        let examples = Demonstration.all(catalogue: .builtIn)
        return MarkdownReference(
          ReferencePage(program: .coros, catalogue: .builtIn, examples: examples)
        ).text
      }
    }
  }

  /// The directory for temporary directories.
  static var place: String { environmentVariable("TMPDIR") ?? "/tmp" }

  /// Runs `work` in a temporary directory, and removes it afterwards: some examples write files.
  private static func inTemporaryFolder(_ work: () -> String) -> String? {
    var path = (place + "/coros-XXXXXX").utf8CString.map { $0 }
    // The absolute path, because the given path may be relative to the old working directory.
    guard mkdtemp(&path) != nil, let folder = realpath(path, nil) else { return nil }
    defer { free(folder) }
    guard chdir(folder) == 0 else { return nil }
    defer {
      removeFiles()
      chdir("/")
      rmdir(folder)
    }
    return work()
  }

  /// Removes the files in the working directory.
  private static func removeFiles() {
    guard let directory = opendir(".") else { return }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      withUnsafePointer(to: &entry.pointee.d_name) { name in
        _ = name.withMemoryRebound(to: CChar.self, capacity: 256) { unlink($0) }
      }
    }
  }
}
