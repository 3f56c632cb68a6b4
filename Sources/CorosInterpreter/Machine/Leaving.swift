import CorosKernel
import CorosSync

/// Leaves critical sections, and makes another call: leaving takes no step of its own.
///
/// It stands in for that call up to the kernel's door, so that events, waits and replies are those of the other call.
struct Leaving: SystemCall {
  let sections: ContiguousArray<Object<CriticalSection>>
  let next: any SystemCall

  func handle(in kernel: KernelContext) -> Disposition<Void> { .reply(()) }

  func _enter(_ kernel: KernelContext) {
    for section in sections { kernel.release(section) }
    next._enter(kernel)
  }
}

/// Hands over what only the kernel knows, though to know it takes no step, and lets the machine go on to its next act.
///
/// Nobody sees this call: the step is that of the act.
struct Asking: SystemCall {
  func handle(in kernel: KernelContext) -> Disposition<Void> { .reply(()) }

  func _enter(_ kernel: KernelContext) {
    while true {
      _ = kernel.act()
      switch kernel.goOn() {
      case .call(is Asking): continue
      case .call(let call): return call._enter(kernel)
      case .short(let call):
        return call == .yield ? Yield()._enter(kernel) : Compute()._enter(kernel)
      case .returned: return Ending(status: .exited(0))._enter(kernel)
      case .threw(let error):
        return Ending(status: .failed(String(describing: error)))._enter(kernel)
      case .escaped: return
      }
    }
  }
}

/// Ends the task.
private struct Ending: SystemCall {
  let status: ExitStatus

  static var isTracked: Bool { true }

  func handle(in kernel: KernelContext) -> Disposition<Void> { .finish(status) }
}
