/// A call of any type, on its way from its caller's step into what the kernel keeps of the caller.
///
/// In a structure of its own: a function that takes an `any SystemCall` is compiled once more for calls of one type
/// that it does not know, and then packs the call anew at each step.
@usableFromInline
struct PackedCall {
  @usableFromInline let call: any SystemCall

  @inlinable
  @inline(__always)
  init<Call: SystemCall>(_ call: Call) {
    self.call = call
  }

  init(any call: any SystemCall) {
    self.call = call
  }

  /// No call.
  static var none: PackedCall {
    @inline(__always) get { PackedCall(NoCall()) }
  }

  private struct NoCall: SystemCall {
    func handle(in kernel: KernelContext) -> Disposition<Void> { .reply(()) }
  }
}
