#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Folders for what belongs to one user.
package enum PrivateFolder {
  /// Makes a folder, and those above it, for their owner only; a failure shows when a file is made in it.
  package static func make(_ path: String) {
    var made = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      made += part
      if !made.isEmpty { mkdir(made, 0o700) }
      made += "/"
    }
  }
}
