#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A separate stream to standard output, which child processes do not inherit; nil if it cannot be opened.
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
