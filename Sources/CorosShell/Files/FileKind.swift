/// A kind of files that the shell writes, known by how they begin: one may be replaced by another.
struct FileKind {
  /// What it is called, after *is not*.
  let noun: String
  /// How each file of the kind begins.
  let beginning: String
}
