#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Keeps other processes from changing something at the same time, by a lock on a file of its own.
package final class FileLock {
  private let descriptor: Int32

  /// Waits for the lock, at most two seconds: whoever holds it for longer is stuck, and is not waited for.
  ///
  /// - Parameter path: The file, which is made with its folder where it is missing, and stays.
  /// - Throws: Why it cannot be made.
  package init(_ path: String) throws(FileError) {
    Self.makeFolder(of: path)
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { throw FileError(writing: path, errno: errno) }
    // A file system without locks refuses at once.
    for _ in 0..<200 where flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { return }
      usleep(10_000)
    }
  }

  /// Lets others go on.
  package func release() { flock(descriptor, LOCK_UN) }

  deinit { close(descriptor) }

  private static func makeFolder(of path: String) {
    var folder = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      folder += part
      if !folder.isEmpty { mkdir(folder, 0o700) }
      folder += "/"
    }
  }
}
