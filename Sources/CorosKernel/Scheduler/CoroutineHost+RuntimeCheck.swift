extension CoroutineHost {
  /// Whether this Swift runtime suspends and resumes tasks in the way that the kernel needs.
  ///
  /// A task is resumed by running its job on an executor other than the one it was enqueued on. The runtime has
  /// always allowed that, but nothing promises it; so the first scheduler of a process tries it once, with a
  /// task that traps, gets a reply, traps again and ends, and with another that is killed. A runtime that does
  /// anything else is refused before any task of the user's runs.
  static let isRuntimeSound: Bool = replies() && kills()

  private static func replies() -> Bool {
    let coroutine = AsyncCoroutine(host: CoroutineHost()) { os in
      let tid = try await os.getTid()
      try await os.write("\(tid)")
    }
    guard case .call(let first) = coroutine.resume(with: .start), first is GetTid else {
      return false
    }
    guard case .call(let second) = coroutine.resume(with: .reply(TaskID(rawValue: 7))),
      (second as? Write)?.text == "7"
    else { return false }
    guard case .returned = coroutine.resume(with: .done) else { return false }
    return coroutine.hasEnded
  }

  private static func kills() -> Bool {
    let coroutine = AsyncCoroutine(host: CoroutineHost()) { os in
      while true { try await os.yield() }
    }
    guard coroutine.resume(with: .start).systemCall != nil else { return false }
    guard case .threw(Termination.killed) = coroutine.resume(with: .failure(Termination.killed))
    else {
      return false
    }
    return coroutine.hasEnded
  }
}
