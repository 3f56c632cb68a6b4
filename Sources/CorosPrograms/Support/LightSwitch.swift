import CorosKernel
import CorosSync

/// Keeps a room for a crowd: the first to come takes the permit, the last to go gives it back.
final class LightSwitch {
  private let mutex: Mutex
  private let room: Semaphore
  private var inside = 0

  /// Makes a switch for a room that one crowd at a time may be in.
  init(_ mutex: Mutex, for room: Semaphore) {
    (self.mutex, self.room) = (mutex, room)
  }

  /// Comes in; the first waits until the room is free, and the others wait for the first.
  nonisolated(nonsending) func enter(_ os: SystemInterface) async throws {
    try await os.withLock(mutex) {
      inside += 1
      if inside == 1 { try await os.acquire(room) }
    }
  }

  /// Goes; the last leaves the room free.
  nonisolated(nonsending) func leave(_ os: SystemInterface) async throws {
    try await os.withLock(mutex) {
      inside -= 1
      if inside == 0 { try await os.release(room) }
    }
  }
}
