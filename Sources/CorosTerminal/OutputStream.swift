#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A stream of its own to standard output, which programs that are started do not inherit; nil when there can be none.
func openOutputStream() -> UnsafeMutablePointer<FILE>? {
  let descriptor = dup(STDOUT_FILENO)
  guard descriptor >= 0 else { return nil }
  guard let stream = fdopen(descriptor, "w") else {
    close(descriptor)
    return nil
  }
  _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  return stream
}
