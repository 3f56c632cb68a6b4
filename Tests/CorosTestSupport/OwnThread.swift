import Foundation

/// Runs work that may block on a thread of its own, so that no thread of the shared pool is held up.
///
/// - Parameters:
///   - stackSize: how much of a stack the thread has, in bytes.
///   - work: what to run.
/// - Returns: what the work returned.
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
