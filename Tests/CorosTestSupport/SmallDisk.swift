#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A small file system in memory, unmounted when the value goes away.
package final class SmallDisk {
  /// Where it is mounted.
  package let path: String
  private let folder: TemporaryFolder

  /// Mounts one of so many kilobytes.
  ///
  /// - Throws: `PseudoTerminal.StartError` where the user may not mount.
  package init(kilobytes: Int) throws {
    folder = try TemporaryFolder()
    path = folder.path
    try Self.run("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k,mode=0777", "coros-test", path)
  }

  deinit { try? Self.run("umount", "-l", path) }

  /// Has nobody write to it from now on.
  package func makeReadOnly() throws { try Self.run("mount", "-o", "remount,ro", path) }

  /// Whether the user may mount file systems.
  package static let isPossible = (try? SmallDisk(kilobytes: 4)) != nil

  private static func run(_ words: String...) throws {
    let outcome = try BatchProgram("/usr/bin/env", words, joinsErrors: true).wait()
    if outcome.exit == .code(0) { return }
    throw PseudoTerminal.StartError(description: "\(words): \(outcome.output)")
  }
}
