package import CorosFiles
package import CorosHistory
import CorosInsight
package import CorosKernel

/// A format in which other programs read the state of the machine, or its history.
package protocol ExportFormat: SendableMetatype {
  /// The format's name, such as `csv`.
  static var name: String { get }
  /// The purpose of the format, in a few words.
  static var summary: String { get }
  /// The kind of files that the format writes.
  static var kind: FileKind { get }

  /// Writes everything about a machine.
  static func write(_ request: ExportRequest, into sink: any TextSink) throws(FileError)
}

/// All formats, in the order in which `help export` lists them.
package enum ExportFormats {
  package static let all: [any ExportFormat.Type] = [
    EventsExport.self, StatsExport.self, TraceExport.self, HTMLExport.self, DotExport.self,
    MermaidExport.self,
  ]
}

/// What to export, and how.
package struct ExportRequest {
  package let machine: TimeMachine
  /// The journal that recreates the machine.
  package let journal: String
  /// Whether to draw ended tasks, too.
  package let includesEnded: Bool
  /// The version of the program that exports; empty if nobody has said it.
  package let version: String
  package let isInterrupted: () -> Bool
  /// The first and the last tick of which a page tells; nil for the beginning of the run, and for now.
  let from: Tick?
  let to: Tick?
  /// What a page shows above the run; nil for nothing.
  package var orders: ComparedOrders?

  package init(
    machine: TimeMachine,
    journal: String,
    includesEnded: Bool,
    from: Tick? = nil,
    to: Tick? = nil,
    version: String = "",
    isInterrupted: @escaping () -> Bool
  ) {
    self.machine = machine
    self.journal = journal
    self.includesEnded = includesEnded
    self.isInterrupted = isInterrupted
    (self.from, self.to) = (from, to)
    self.version = version
  }

  package var scheduler: Scheduler { machine.scheduler }

  /// The graph of the tasks at present.
  ///
  /// - Throws: That the user interrupted.
  func graph() throws(FileError) -> TaskGraph {
    do throws(Interrupted) {
      return try TaskGraph(scheduler, includesEnded: includesEnded, unless: isInterrupted)
    } catch {
      throw .interrupted
    }
  }

  /// Replays the history up to the present, event by event, until somebody interrupts.
  ///
  /// - Parameter body: Receives an event; an error that it throws ends the replay.
  /// - Throws: The error of the body, or that the replay diverged.
  func forEachEvent(_ body: @escaping (Event) throws(FileError) -> Void) throws(FileError) {
    var failure: FileError?
    do throws(Divergence) {
      try machine.replayEvents { [isInterrupted] event in
        do throws(FileError) {
          try body(event)
        } catch {
          failure = error
        }
        return failure == nil && !isInterrupted()
      }
    } catch {
      throw failure ?? Self.failure(error)
    }
    if let failure { throw failure }
  }

  /// What a replay that diverges means for an export.
  static func failure(_ divergence: Divergence) -> FileError {
    FileError(
      divergence.description,
      hint: "a program that depends on something outside the machine cannot be replayed"
    )
  }
}
