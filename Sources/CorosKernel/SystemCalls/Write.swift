/// Writes a line of text, as the event `wrote`.
///
/// The kernel prints nothing: an observer shows the text, keeps it, or ignores it.
///
/// - Blocks: never, unless the task is bound to an object that takes its lines, such as a pipe, which may have no room.
///   Reply: nothing. Errors: those of the object. Events: `wrote`. O(1).
public struct Write: SystemCall {
  /// The text; a line, most often, without its newline.
  public let text: String

  /// Makes the call with a text.
  public init(_ text: String) {
    self.text = text
  }

  /// The text, quoted, and cut when it is long.
  public var arguments: String {
    let limit = 40
    let start = text.prefix(limit)
    return start.endIndex == text.endIndex ? "\"\(text)\"" : "\"\(start)...\""
  }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Hands the text to the observers, or to the object that takes what the caller writes.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    if let decision = kernel.divert(text) { return decision }
    kernel.write(text)
    return .reply(())
  }

  /// Goes on, or fails with the error that the object has for it.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Void> {
    if case .signalled(let error as any Error) = wakeup { .fail(error) } else { .reply(()) }
  }
}

extension SystemInterface {
  /// Writes a line of text.
  public nonisolated(nonsending) func write(_ text: String) async throws {
    try await call(Write(text))
  }
}
