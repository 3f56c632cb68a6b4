package import CorosKernel

/// Carries out the next instruction of a thread in assembly.
///
/// - Blocks: a futex-wait, until a futex-wake at the same cell. Reply: nothing. Errors: none; what the thread cannot do
///   ends it. O(1).
package struct Execute: SystemCall {
  let assembly: Assembly
  /// The cell of the instruction.
  let place: Int

  /// The instruction as it is written.
  package var arguments: String { assembly.words(at: place) ?? "nothing" }

  /// Yes: it touches nothing that it does not ask of its context.
  package static var isTracked: Bool { true }

  /// Has the thread do it.
  package func handle(in kernel: KernelContext) -> Disposition<Void> { kernel.act() }
}
