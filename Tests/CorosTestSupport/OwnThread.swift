import Foundation

/// Runs work that may block on a separate thread, so that it does not occupy a thread of the shared pool.
///
/// - Parameters:
///   - stackSize: The size of the thread's stack, in bytes.
///   - work: The work.
/// - Returns: The result of the work.
package func onOwnThread<Result: Sendable>(
  stackSize: Int = 8 << 20,
  _ work: @escaping @Sendable () -> Result
) async -> Result {
  await withCheckedContinuation { continuation in
    let thread = Thread { continuation.resume(returning: work()) }
    thread.stackSize = stackSize
    thread.start()
  }
}
