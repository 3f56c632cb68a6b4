package import CorosKernel
import CorosSync

extension Program {
  /// A producer and two consumers share a buffer.
  package static var buffer: Program {
    Program(
      "buffer",
      "a producer and two consumers share a buffer with two places",
      parameters: [Parameter("WAY", "'right', or 'wrong' for a deadlock", standard: "right")],
      lesson: """
        One semaphore counts the free places and one the items; a mutex protects the buffer itself. Each \
        task first waits for a place or an item, and then takes the mutex. In 'buffer wrong' it is the other \
        way round: a consumer waits for an item while it holds the mutex that the producer needs.
        """
    ) { arguments throws(ProgramArgumentError) in
      let isWrong = try arguments.word(0, of: ["right", "wrong"]) == "wrong"
      return .body { os in
        let buffer = Buffer(
          mutex: try await os.mutex("buffer", isNew: true),
          places: try await os.semaphore("places", value: 2, isNew: true),
          items: try await os.semaphore("items", isNew: true),
          isWrong: isWrong
        )
        for name in ["a", "b"] {
          _ = try await os.newTask("consumer") { os in
            for _ in 1...3 {
              let item = try await buffer.enter(after: buffer.items, releasing: buffer.places, os) {
                $0.removeFirst()
              }
              try await os.write("\(name) gets \(item)")
            }
          }
        }
        _ = try await os.newTask("producer") { os in
          for item in 1...6 {
            try await buffer.enter(after: buffer.places, releasing: buffer.items, os) {
              $0.append(item)
            }
          }
        }
      }
    }
  }
}

/// What the tasks share.
private final class Buffer {
  let mutex: Mutex
  let places: Semaphore
  let items: Semaphore
  let isWrong: Bool
  private var content: [Int] = []

  init(mutex: Mutex, places: Semaphore, items: Semaphore, isWrong: Bool) {
    (self.mutex, self.places, self.items, self.isWrong) = (mutex, places, items, isWrong)
  }

  /// Changes the content, after a permit of one semaphore, and gives one of the other.
  nonisolated(nonsending) func enter<Result>(
    after needed: Semaphore,
    releasing given: Semaphore,
    _ os: SystemInterface,
    _ change: (inout [Int]) -> Result
  ) async throws -> Result {
    if !isWrong { try await os.acquire(needed) }
    let result = try await os.withLock(mutex) {
      if isWrong { try await os.acquire(needed) }
      return change(&content)
    }
    try await os.release(given)
    return result
  }
}
