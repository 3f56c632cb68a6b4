import CorosPrograms
import CorosShell
import CorosTerminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The reference on its way to standard output.
enum PrintedReference {
  /// What it is written as.
  enum Form: String, CaseIterable, Sendable {
    case man, markdown
  }

  /// The reference; nil where the examples of its commands cannot be run.
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

  /// Where temporary folders are made.
  static var place: String { environmentVariable("TMPDIR") ?? "/tmp" }

  /// Does something in a folder made for it, which is gone afterwards with all files in it: some examples write
  /// files.
  private static func inTemporaryFolder(_ work: () -> String) -> String? {
    var path = (place + "/coros-XXXXXX").utf8CString.map { $0 }
    // Where it is from the root, for the path may begin where we shall not be.
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

  /// Removes the files of the present folder.
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
