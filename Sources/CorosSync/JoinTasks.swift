public import CorosKernel

/// Has a task read what another writes: makes a pipe between them, a channel of lines with room for ``room``.
///
/// The children that the two create from now on have the same ends. When the last task that writes has ended, the
/// readers get what is left, and then nil. When the last one that reads has ended, writing fails with `brokenPipe`, also
/// for those who wait for room.
///
/// - Blocks: never. Reply: whether both tasks are alive. Errors: `isJoined` when the one writes into a pipe already, or
///   the other reads from one; `tooManyObjects`. O(1).
public struct JoinTasks: SystemCall {
  /// Who writes.
  public let writer: TaskID
  /// Who reads.
  public let reader: TaskID

  /// For how many lines a pipe has room.
  public static var room: Int { 16 }

  /// Makes the call.
  public init(_ writer: TaskID, to reader: TaskID) {
    self.writer = writer
    self.reader = reader
  }

  /// The two tasks.
  public var arguments: String { "task \(writer) to task \(reader)" }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Makes the pipe.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .catching {
      for task in [writer, reader] {
        guard case .alive = kernel.status(of: task), task != .operator else { return .reply(false) }
      }
      if kernel.bound(OutputEnd.self, to: writer) != nil { throw SyncError.isJoined(writer) }
      if kernel.bound(InputEnd.self, to: reader) != nil { throw SyncError.isJoined(reader) }
      let state = ChannelState(capacity: Self.room, of: String.self)
      let lines = Carrier(object: try kernel.make(state, named: "pipe \(writer)", isNew: true))
      let name = kernel.name(of: lines.object)
      let output = try kernel.make(OutputEnd(lines: lines), named: name)
      let input = try kernel.make(InputEnd(lines: lines), named: name)
      try kernel.bind(output, to: writer)
      try kernel.bind(input, to: reader)
      return .reply(true)
    }
  }
}

/// The end of a pipe into which tasks write.
struct OutputEnd: KernelObject {
  let lines: Carrier

  static var kind: String { "output" }
  static var isListed: Bool { false }

  static func isInherited(_ mode: UInt8) -> Bool { true }
  static func takesOutput(_ mode: UInt8) -> Bool { true }

  static func take(
    _ line: String,
    at object: Object<OutputEnd>,
    in kernel: KernelContext
  )
    -> Disposition<Void>
  {
    .catching {
      let lines = try kernel.value(of: object).lines
      do {
        if try lines.put(.text(line), in: kernel) { return .reply(()) }
      } catch SyncError.closed(let name) {
        throw SyncError.brokenPipe(name)
      }
      return .block(on: .object(try kernel.place(in: lines.object, for: ChannelState.send)))
    }
  }

  /// Closes the pipe when nobody can write into it any more.
  static func hear(of bond: EndedBond, at object: Object<OutputEnd>, in kernel: KernelContext) {
    guard kernel.isUnbound(object), let lines = try? kernel.value(of: object).lines else { return }
    let name = kernel.name(of: object)
    _ = try? lines.close(telling: .closed(name), in: kernel)
    kernel.remove(object)
    if (try? kernel.find(InputEnd.self, named: name)) == nil { kernel.remove(lines.object) }
  }
}

/// The end of a pipe from which tasks read.
struct InputEnd: KernelObject {
  let lines: Carrier

  static var kind: String { "input" }
  static var isListed: Bool { false }

  static func isInherited(_ mode: UInt8) -> Bool { true }

  /// Breaks the pipe when nobody can read from it any more.
  static func hear(of bond: EndedBond, at object: Object<InputEnd>, in kernel: KernelContext) {
    guard kernel.isUnbound(object), let lines = try? kernel.value(of: object).lines else { return }
    let name = kernel.name(of: object)
    _ = try? lines.close(telling: .brokenPipe(name), in: kernel)
    kernel.remove(object)
    if (try? kernel.find(OutputEnd.self, named: name)) == nil { kernel.remove(lines.object) }
  }
}

// Who waits to write is asked for its line as any sender.
extension Write: Sending {
  func offer(_ alternative: Int) -> Parcel? { .text(text) }
}

extension SystemInterface {
  /// Has a task read what another writes; false when one of them is not alive.
  @discardableResult
  public nonisolated(nonsending) func join(
    _ writer: TaskID,
    to reader: TaskID
  ) async throws -> Bool {
    try await call(JoinTasks(writer, to: reader))
  }
}
