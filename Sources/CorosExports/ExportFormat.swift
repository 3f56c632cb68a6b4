package import CorosFiles
package import CorosHistory
import CorosInsight
package import CorosKernel

/// A form in which other programs read what the machine is, or what it did.
package protocol ExportFormat: SendableMetatype {
  /// The format's name, such as `csv`.
  static var name: String { get }
  /// What the format is for, in a few words.
  static var summary: String { get }
  /// The files that it writes.
  static var kind: FileKind { get }

  /// Writes all there is to say of a machine.
  static func write(_ request: ExportRequest, into sink: any TextSink) throws(FileError)
}

/// All formats there are, in the order in which `help export` lists them.
package enum ExportFormats {
  package static let all: [any ExportFormat.Type] = [
    EventsExport.self, StatsExport.self, TraceExport.self, DotExport.self, MermaidExport.self,
  ]
}

/// What is exported, and how.
package struct ExportRequest {
  package let machine: TimeMachine
  /// The journal that leads to the machine.
  package let journal: String
  /// Whether tasks that have ended are drawn, too.
  package let includesEnded: Bool
  package let isInterrupted: () -> Bool

  package init(
    machine: TimeMachine,
    journal: String,
    includesEnded: Bool,
    isInterrupted: @escaping () -> Bool
  ) {
    self.machine = machine
    self.journal = journal
    self.includesEnded = includesEnded
    self.isInterrupted = isInterrupted
  }

  package var scheduler: Scheduler { machine.scheduler }

  /// Replays all that has happened up to the present, event by event, until somebody interrupts.
  ///
  /// - Parameter body: Takes in an event; what it throws ends the replay.
  /// - Throws: What the body throws, or that the run did not come out as it did.
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
      throw failure
        ?? FileError(
          error.description,
          hint: "a program that depends on something outside the machine cannot be replayed"
        )
    }
    if let failure { throw failure }
  }
}
