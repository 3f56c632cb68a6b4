import CorosExplore
import CorosExports
package import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
package import CorosLanguage
import CorosSession

// A failure on a page, beside an order of steps that passes.

extension Shell {
  /// Opens a page, to be written once there is a failure.
  package func openPage(_ file: Argument) throws(CommandFailure) -> FileWriter {
    do throws(FileError) {
      return try files.writer(file.text, kind: HTMLExport.kind, isForced: false)
    } catch {
      var failure = CommandFailure(error, at: file.range)
      failure.status = 2
      throw failure
    }
  }

  /// Goes to the first failure, on a new branch, and writes a page of it; an order that passes gets a branch, too.
  ///
  /// - Throws: Why there is no page.
  package func land(
    on explored: Explored,
    _ words: ExploreWords,
    showing page: FileWriter,
    _ invocation: Invocation
  ) throws(CommandFailure) -> Explored {
    guard let failure = explored.exploration.failures.first else { return explored }
    let counterpart = try ask(invocation) { (session) throws(RequestFailure) in
      try session.counterpart(of: failure, words.order)
    }
    var passing: (branch: Int, rows: [TimelineRow], end: Tick)?
    if let counterpart, silently({ session.land(on: counterpart) }) {
      passing = (machine.branch, rowsOfAll, scheduler.now)
    }
    var explored = land(on: explored)
    guard explored.landing != nil else { return explored }
    let range = 0..<max(scheduler.now, passing?.end ?? 0)
    let orders = ComparedOrders(
      text: sentences(failure, counterpart),
      failing: TimelinePicture(
        title: "The order that fails",
        subtitle: failure.text,
        rows: rowsOfAll,
        range: range,
        mark: counterpart?.tick,
        hasFigures: false
      ),
      passing: passing.map {
        TimelinePicture(
          title: "An order that passes",
          subtitle: "branch \($0.branch)",
          rows: $0.rows,
          range: range,
          mark: counterpart?.tick,
          hasFigures: false
        )
      }
    )
    do throws(FileError) {
      try write(orders, to: page)
    } catch {
      throw CommandFailure(error, at: words.html?.range ?? invocation.name.range)
    }
    explored.page = (page.path, passing?.branch, counterpart?.tick)
    return explored
  }

  private static let mostRows = 40

  private var rowsOfAll: [TimelineRow] {
    let tasks = scheduler.tasks(includingEnded: true).prefix(Self.mostRows).map(\.tid)
    return timelineRows(of: tasks, in: 0..<scheduler.now)
  }

  private func sentences(_ failure: FoundFailure, _ counterpart: Counterpart?) -> String {
    guard let counterpart else {
      return "No order of steps like this one was found that passes. It fails: \(failure.text)."
    }
    func name(_ task: TaskID) -> String {
      "task \(task)\(TaskWords.inParentheses(task, scheduler))"
    }
    return
      "Both go the same way up to tick \(counterpart.tick), at the dashed line. There \(name(counterpart.failing)) "
      + "runs in the one that fails: \(failure.text). In the other \(name(counterpart.passing)) runs instead, "
      + "and all ends well."
  }

  private func write(_ orders: ComparedOrders, to page: FileWriter) throws(FileError) {
    var request = ExportRequest(
      machine: machine,
      journal: session.journalText,
      includesEnded: true,
      version: settings.version,
      isInterrupted: session.isInterrupted
    )
    request.orders = orders
    try HTMLExport.write(request, into: page)
    try page.commit()
  }
}
