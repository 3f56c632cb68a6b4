import CorosKernel

extension Explorer {
  /// What ten fixed runs do, each as a number: where they differ between two processes, the same choices do not lead
  /// to the same, and what the processes find must not be put together.
  ///
  /// - Returns: ten numbers.
  /// - Throws: what making the tasks throws.
  public func witnesses() throws -> [UInt64] {
    let ground = try Ground(origin)
    return try (101...110).map { number in
      var walk = RandomWalk(seed: 0)
      _ = walk.begin(run: -number)
      try ground.reset()
      let log = EventLog()
      ground.scheduler.exchangeObservers(for: [log])
      while ground.depth < 1_000, ground.settle() { try ground.step(walk.task(on: ground)) }
      ground.ignore()
      return Self.digest(of: log.events)
    }
  }

  /// FNV-1a of the events as text.
  private static func digest(of events: [Event]) -> UInt64 {
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    for event in events {
      for byte in "\(event.tick) \(event.task) \(event.action)\n".utf8 {
        digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3
      }
    }
    return digest
  }
}
