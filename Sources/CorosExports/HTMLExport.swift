package import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage

/// A page that plays the run in any browser, forward and back, without a network.
package enum HTMLExport: ExportFormat {
  package static let name = "html"
  package static let summary = "a page that plays the run in a browser"
  package static let kind = FileKind(
    noun: "a page that coros wrote",
    beginning: PageDocument.beginning
  )

  /// The most moments that a page may have.
  private static let mostMoments = 1_000_000
  /// The most tasks in the picture for browsers without scripts.
  private static let mostRows = 40

  package static func write(
    _ request: ExportRequest,
    into sink: any TextSink
  ) throws(FileError) {
    let machine = request.machine
    let end = min(machine.moment, request.to.map(machine.moment(atTick:)) ?? machine.moment)
    let start = min(end, request.from.map(machine.moment(atTick:)) ?? 0)
    guard end - start < mostMoments else {
      throw tooLong(machine, start, end, room: mostMoments - 1)
    }
    let recorder = PageRecorder(from: start)
    try record(request, recorder, start, end)
    try sink.write(document(request, recorder, start).text)
  }

  private static func record(
    _ request: ExportRequest,
    _ recorder: PageRecorder,
    _ start: Int,
    _ end: Int
  ) throws(FileError) {
    var room = PageRoom(for: end - start + 1)
    let isOver: Bool
    do throws(Divergence) {
      isOver = try request.machine.visit(
        to: end,
        for: recorder,
        beforeDue: { scheduler in
          recorder.prepare(scheduler)
          // A machine that waits for the world is looked at as it stands, as the shell does.
          return !scheduler.waitsForWorld
        },
        unless: { room.rows != nil || request.isInterrupted() }
      ) { scheduler in
        recorder.add(scheduler)
        room.hasRoom(
          rows: recorder.count,
          bytes: recorder.size,
          explanations: recorder.explanations
        )
      }
    } catch {
      throw ExportRequest.failure(error)
    }
    if let rows = room.rows { throw tooLong(request.machine, start, end, room: rows) }
    if !isOver { throw .interrupted }
  }

  /// The error for a part of a run of which only so many moments fit on a page.
  private static func tooLong(
    _ machine: TimeMachine,
    _ start: Int,
    _ end: Int,
    room: Int
  ) -> FileError {
    let (from, to) = (machine.tick(atMoment: start), machine.tick(atMoment: start + room))
    return FileError(
      "the run is too long for a page: of its \(counted(end - start, "step")) about \(room) fit",
      hint: "export a part of it, such as --from \(from) --to \(to)"
    )
  }

  private static func document(
    _ request: ExportRequest,
    _ recorder: PageRecorder,
    _ start: Int
  ) -> PageDocument {
    let (machine, scheduler) = (request.machine, request.scheduler)
    let now = recorder.model.tick
    let tasks = scheduler.tasks(includingEnded: true).map { $0 }
    let from = machine.tick(atMoment: start)
    let picture = TimelinePicture(
      title: "What each task did",
      subtitle: "Policy \(scheduler.policyDescription), ticks \(from) to \(now)",
      rows: recorder.timeline.rows(
        of: tasks.prefix(mostRows).map(\.tid),
        in: from..<max(now, from),
        now: now
      ),
      range: from..<max(now, from)
    )
    let names = tasks.first.map { first in
      excerpt(of: first.name) + (tasks.count > 1 ? " and \(tasks.count - 1) more" : "")
    }
    let stats = tasks.map { StatsExport.fields(of: $0, now: scheduler.now).map(shown) }
    return PageDocument(
      title: "Coros: \(names ?? "no tasks"), \(counted(now, "tick"))",
      version: request.version,
      data: .object(
        [
          ("coros", "replay"), ("version", 1), ("start", .int(start)),
          ("last", .int(recorder.firstRunner?.rawValue ?? 0)),
          ("seed", .string("\(machine.schedule.seed)")),
          ("schedule", .string(machine.schedule.description)),
          ("journal", strings(lines(of: request.journal))),
          ("branches", branches(of: machine)), ("bookmarks", bookmarks(of: machine)),
          ("columns", strings(StatsExport.columns)), ("stats", .array(stats.map(strings))),
        ] + members(of: recorder)
      ),
      picture: picture.text,
      comparison: request.orders?.text ?? "",
      figures: request.orders?.figures ?? [],
      stats: [StatsExport.columns] + stats
    )
  }

  /// The rows, and the tables that they refer to.
  private static func members(of recorder: PageRecorder) -> [(String, JSON)] {
    [
      ("patterns", .object(WhyPattern.allCases.map { ($0.rawValue, .string($0.text)) })),
      ("states", .array(PageStates.all.map(strings))),
      ("items", .object(RowItem.allCases.map { ("\($0)", .int($0.rawValue)) })),
      ("policies", .array(recorder.policies.map(strings))),
      ("programs", .array(recorder.programs.map { strings($0.map(shown)) })),
      ("phrases", strings(recorder.phrases.patterns)),
      ("lists", .array(recorder.phrases.lists.map { .array($0.map(JSON.int)) })),
      ("texts", strings(recorder.texts.texts)),
      ("rows", .string(recorder.rows)),
    ]
  }

  private static func branches(of machine: TimeMachine) -> JSON {
    .array(
      machine.branchList.map { branch in
        .array([
          .int(branch.number), .int(branch.parent ?? 0), .int(branch.forkTick),
          .int(branch.lastTick), .bool(branch.isCurrent), .string(shown(branch.firstAct ?? "")),
        ])
      }
    )
  }

  /// The bookmarks that lie on the way to the present.
  private static func bookmarks(of machine: TimeMachine) -> JSON {
    .array(
      machine.bookmarkList
        .filter { $0.branch == machine.branch && $0.moment <= machine.moment }
        .map { .array([.string(shown($0.name)), .int($0.moment)]) }
    )
  }

  private static func strings(_ texts: some Sequence<String>) -> JSON {
    .array(texts.map { .string($0) })
  }

  private static func shown(_ text: String) -> String { PhraseTable.printable(text) }

  private static func lines(of text: String) -> [String] {
    text.utf8.split(separator: UInt8(ascii: "\n")).map { shown(String(Substring($0))) }
  }
}
