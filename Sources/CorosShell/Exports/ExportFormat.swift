import CorosKernel

/// A form in which others read what the machine is, or what it did.
protocol ExportFormat: SendableMetatype {
  /// The option of `export` that asks for it.
  static var option: Manual.Option { get }
  /// The files that it writes.
  static var kind: FileKind { get }

  /// Writes all there is to say of a shell's machine.
  static func write(_ request: ExportRequest, into sink: any TextSink) throws(FileError)
}

/// What is exported, and how.
struct ExportRequest {
  let shell: Shell
  /// Whether those that have ended are drawn, too.
  let includesEnded: Bool

  var scheduler: Scheduler { shell.scheduler }

  /// Tells all that has happened up to the present, event by event, until somebody interrupts.
  ///
  /// - Parameter body: Takes in an event; what it throws ends the telling.
  /// - Throws: What the body throws, or that the run did not come out as it did.
  func forEachEvent(_ body: @escaping (Event) throws(FileError) -> Void) throws(FileError) {
    var failure: FileError?
    do throws(Divergence) {
      try shell.machine.retell { [shell] event in
        do throws(FileError) {
          try body(event)
        } catch {
          failure = error
        }
        return failure == nil && !shell.isInterrupted
      }
    } catch {
      throw failure
        ?? FileError(
          error.description,
          hint: "a program that depends on something outside the machine cannot be told of again"
        )
    }
    if let failure { throw failure }
  }
}

extension TimeMachine {
  /// Tells all that has happened up to the present, event by event, in memory that does not grow with it.
  ///
  /// - Parameter body: Takes in an event; false ends the telling.
  /// - Throws: `Divergence`.
  func retell(_ body: @escaping (Event) -> Bool) throws(Divergence) {
    let listener = Listener(body)
    try replay(for: listener) { !listener.isListening }
  }
}

/// Passes events on until they are no longer wanted.
private final class Listener: Observer {
  let interests = Event.Kinds.all
  private(set) var isListening = true
  private let body: (Event) -> Bool

  init(_ body: @escaping (Event) -> Bool) { self.body = body }

  func observe(_ event: Event) {
    if isListening { isListening = body(event) }
  }
}
