// The one device that all requests share, where the machine has only one.

extension KernelState {
  /// When a wait is over: for I/O on a shared device, once the requests before it are served as well.
  ///
  /// - Parameters:
  ///   - deadline: when it would be over on a device of its own.
  ///   - reason: what the task waits for.
  ///   - now: when the wait begins.
  /// - Returns: when it will be over, as things are.
  func deadline(_ deadline: Tick?, for reason: WaitTarget, at now: Tick) -> Tick? {
    guard let deadline, case .io = reason, hardware.device == .shared else { return deadline }
    return deviceIsFree(at: now) + (deadline - now)
  }

  /// From which tick on the shared device has nothing to do.
  private func deviceIsFree(at now: Tick) -> Tick {
    let queue = waits.devices.queue
    return queue.isEmpty ? now : max(now, self[queue.tail].wait?.deadline ?? now)
  }

  /// Takes in a request for I/O.
  ///
  /// - Returns: how long the shared device serves it; nil when it has a device of its own.
  mutating func beginIO(_ slot: Slot, until deadline: Tick?, at now: Tick) -> Tick? {
    waits.devices.begin(at: now)
    guard let deadline, hardware.device == .shared else { return nil }
    let ticks = deadline - deviceIsFree(at: now)
    waits.links.append(slot, to: &waits.devices.queue)
    return ticks
  }

  /// Lets go of a request, served or not; those behind one that was not served move up.
  mutating func endIO(_ slot: Slot, _ wait: Wait, at now: Tick) {
    waits.devices.end(at: now)
    guard wait.deviceTicks != nil else { return }
    waits.links.remove(slot, from: &waits.devices.queue)
    if let deadline = wait.deadline, deadline > now { closeGap(at: now) }
  }

  /// Has each request begin as soon as the one before it is served, in O(n).
  private mutating func closeGap(at now: Tick) {
    var free = now
    for slot in waits.links.slots(of: waits.devices.queue) {
      guard let wait = self[slot].wait, let ticks = wait.deviceTicks, let deadline = wait.deadline
      else { continue }
      if deadline - ticks > free {
        free += ticks
        self[slot].changeDeadline(to: free, timer: waits.timers.arm(slot, at: free))
        waits.timers.noteDisarmed(in: tasks)
      } else {
        free = deadline
      }
    }
  }
}
