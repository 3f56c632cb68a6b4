import CorosFiles
import CorosLanguage

extension CommandFailure {
  /// The failure of a command that was given a file.
  ///
  /// - Parameters:
  ///   - error: What is wrong with the file.
  ///   - range: Where it is named.
  ///   - hint: The way out, if the file knows none.
  init(_ error: FileError, at range: SourceRange, hint: String = "") {
    self.init(error.message, at: range, hint: error.hint.isEmpty ? hint : error.hint)
  }
}
