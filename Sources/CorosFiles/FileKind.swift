/// A kind of files that the shell writes, known by how they begin: one may be replaced by another.
package struct FileKind {
  /// What it is called, after *is not*.
  package let noun: String
  /// How each file of the kind begins.
  package let beginning: String

  package init(
    noun: String,
    beginning: String
  ) {
    self.noun = noun
    self.beginning = beginning
  }
}
