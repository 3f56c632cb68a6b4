package import CorosKernel
import CorosSync

extension Program {
  /// Two tasks wait for each other in the middle.
  package static var rendezvous: Program {
    Program(
      "rendezvous",
      "two tasks wait for each other in the middle",
      lesson: """
        Each task gives a permit when it arrives and takes the other one's: so nobody is in its second half \
        before both have done their first. A semaphore remembers a permit that nobody waits for yet, so it does not \
        matter who comes first. If both took before they gave, neither could go on.
        """
    ) { _ in
      .body { os in
        let a = try await os.semaphore("a has arrived", isNew: true)
        let b = try await os.semaphore("b has arrived", isNew: true)
        _ = try await os.newTask("a", half("a", arrived: a, awaited: b))
        _ = try await os.newTask("b", half("b", arrived: b, awaited: a))
      }
    }
  }
}

private func half(_ name: String, arrived: Semaphore, awaited: Semaphore) -> TaskBody {
  { os in
    try await os.write("\(name), first half")
    try await os.release(arrived)
    try await os.acquire(awaited)
    try await os.write("\(name), second half")
  }
}
