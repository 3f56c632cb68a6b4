/// Notes a value of the embedder's own, as the event `noted`.
///
/// Events, listings, timelines and exports show it among what else the task did, as text; observers get the value.
///
/// - Blocks: never. Reply: nothing. Events: `noted`. O(1).
public struct MakeNote: SystemCall {
  /// What is noted.
  public let note: Note

  /// Makes the call with a value.
  public init(_ value: some Hashable & Sendable) {
    note = Note(value)
  }

  /// The value, as text.
  public var arguments: String { note.description }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Hands the note to the observers.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    kernel.tell(note)
    return .reply(())
  }
}

extension SystemInterface {
  /// Notes a value, for events and exports to show.
  public nonisolated(nonsending) func note(_ value: some Hashable & Sendable) async throws {
    try await call(MakeNote(value))
  }
}
