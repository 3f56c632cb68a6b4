package import CorosFiles
package import CorosLanguage

extension CommandFailure {
  /// The failure of a command about a file.
  ///
  /// - Parameters:
  ///   - error: What is wrong with the file.
  ///   - range: The place of its name in the line.
  ///   - hint: The way out, if the error has none.
  package init(_ error: FileError, at range: SourceRange, hint: String = "") {
    self.init(error.message, at: range, hint: error.hint.isEmpty ? hint : error.hint)
  }
}
