#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Waits until a descriptor has input or has come to its end, whether it blocks or not.
///
/// All reading waits here, so that whoever interrupts is heard before the first byte and between any two:
/// a pipe that nobody writes to, a terminal, and a device that never ends are no different from a file.
///
/// - Parameters:
///   - descriptor: The descriptor to read from.
///   - condition: Asked at least twenty times a second; true gives up.
/// - Returns: Whether to read; false after giving up.
func waitForInput(_ descriptor: Int32, unless condition: () -> Bool) -> Bool {
  while !condition() {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    // A signal ends the wait, but not one that came just before it: hence the limit.
    let count = poll(&request, 1, 50)
    // What is wrong with the descriptor is for the read to say.
    if count > 0 || count < 0 && errno != EINTR { return true }
  }
  return false
}

/// Reads what there is, at most as much as a buffer holds; waits for it if there is nothing yet.
///
/// - Returns: The number of bytes, 0 at the end; or an error number, `EINTR` after giving up.
func readInput(
  _ descriptor: Int32,
  into buffer: UnsafeMutableRawBufferPointer,
  unless condition: () -> Bool
) -> Result<Int, ReadFailure> {
  while waitForInput(descriptor, unless: condition) {
    let count = read(descriptor, buffer.baseAddress, buffer.count)
    if count >= 0 { return .success(count) }
    // Another reader may have been faster.
    if errno != EINTR, errno != EAGAIN { return .failure(ReadFailure(errno: errno)) }
  }
  return .failure(ReadFailure(errno: EINTR))
}

/// Why a read failed.
struct ReadFailure: Error {
  let errno: Int32
}
