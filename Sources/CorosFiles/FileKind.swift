/// A kind of file that the shell writes, recognized by its beginning.
///
/// A file may replace another file of the same kind.
package struct FileKind {
  /// The name of the kind, as used after *is not*.
  package let noun: String
  /// The text that every file of this kind begins with.
  package let beginning: String

  package init(
    noun: String,
    beginning: String
  ) {
    self.noun = noun
    self.beginning = beginning
  }
}
