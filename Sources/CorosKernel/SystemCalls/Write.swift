/// Writes a line of text, as the event `wrote`.
///
/// The kernel prints nothing: an observer shows the text, keeps it, or ignores it.
///
/// - Blocks: never. Reply: nothing. Events: `wrote`. O(1).
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

  /// Hands the text to the observers.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    kernel.write(text)
    return .reply(())
  }
}

extension SystemInterface {
  /// Writes a line of text.
  public nonisolated(nonsending) func write(_ text: String) async throws {
    try await call(Write(text))
  }
}
