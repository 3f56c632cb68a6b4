import CorosLanguage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a file could not be read or written, and how to fix it.
package struct FileError: Error, Equatable {
  package let message: String
  /// How to fix it; may be empty.
  package let hint: String
  /// Whether there is no such file.
  package let isAboutMissingFile: Bool

  package init(_ message: String, hint: String = "", isAboutMissingFile: Bool = false) {
    self.message = message
    self.hint = hint
    self.isAboutMissingFile = isAboutMissingFile
  }

  /// Somebody has asked for it to end.
  package static let interrupted = FileError("interrupted")

  package init(reading path: String, errno code: Int32) {
    self.init(
      "cannot read '\(name(path))': \(String(cString: strerror(code)))",
      isAboutMissingFile: code == ENOENT
    )
  }

  package init(writing path: String, errno code: Int32) {
    self.init(
      "cannot write '\(name(path))': \(String(cString: strerror(code)))",
      hint: "nothing was changed; choose another path"
    )
  }
}

/// A path as messages show it.
private func name(_ path: String) -> String { excerpt(of: path, limit: 200) }
