import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

/// The part of the past to show, and how.
struct TimelineRequest {
  /// The requested tasks, in that order; nil for all.
  private(set) var tasks: [TaskID]?
  /// The file for a picture.
  let file: Argument?
  /// Whether to replace a file that is not a picture of ours.
  let isForced: Bool
  let isASCII: Bool
  /// Where it is asked to show lines; nil where it is not.
  let lines: SourceRange?
  /// The title of the picture; nil for the policy.
  let title: String?
  /// How many rows to draw at most; nil for as many as fit.
  let mostRows: Int?
  private var from: Bound?
  private var to: Bound?

  /// An end of the range, and its place in the line.
  private struct Bound {
    let tick: Tick
    let place: SourceRange
  }

  init(
    _ invocation: Invocation,
    _ manual: Manual,
    _ shell: Shell
  ) throws(CommandFailure) {
    var invocation = invocation
    mostRows = try Self.takeRows(from: &invocation)
    let options = try OptionWords(invocation, manual)
    title = options.value("--title")?.text
    if title != nil, options.value("--svg") == nil, let place = options.place(of: "--title") {
      throw CommandFailure(
        "only a picture has a title",
        at: place,
        hint: "`timeline --svg run.svg --title 'My run'` draws one"
      )
    }
    isASCII = options.has("--ascii")
    lines = options.place(of: "--lines")
    file = options.value("--svg")
    isForced = options.has("--force")
    from = try Self.bound(options, "--from")
    to = try Self.bound(options, "--to")
    for index in options.operands {
      let word = invocation.arguments[index]
      if word.text.contains("..") {
        try readRange(word)
      } else {
        let task = try invocation.tid(index, in: shell)
        guard shell.session.recorders.timeline.knows(task) else {
          throw CommandFailure(
            "there is no task \(task) in the timeline",
            at: word.range,
            hint: "`timeline` shows those there are"
          )
        }
        // A task that is named twice is shown once.
        if tasks?.contains(task) != true { tasks = (tasks ?? []) + [task] }
      }
    }
  }

  /// Takes `-n ROWS` out of the words.
  private static func takeRows(
    from invocation: inout Invocation
  ) throws(CommandFailure) -> Int? {
    guard let index = invocation.arguments.firstIndex(where: { $0.text == "-n" }) else {
      return nil
    }
    var words = invocation.arguments
    guard index + 1 < words.count else {
      throw CommandFailure(
        "-n needs a number of rows",
        at: words[index].range,
        hint: "`timeline -n all` shows all"
      )
    }
    let isAll = words[index + 1].text == "all"
    let rows =
      isAll ? Int.max : try invocation.integer(index + 1, "the number of rows", in: 1...Int.max)
    words.removeSubrange(index...index + 1)
    invocation = Invocation(line: invocation.line, name: invocation.name, arguments: words)
    return rows
  }

  private static func bound(
    _ options: OptionWords,
    _ name: String
  ) throws(CommandFailure) -> Bound? {
    guard let tick = try options.integer(name, "the tick", in: 0...Tick.max),
      let place = options.value(name)?.range
    else { return nil }
    return Bound(tick: tick, place: place)
  }

  /// Reads `FROM..TO`, both optional.
  private mutating func readRange(_ word: Argument) throws(CommandFailure) {
    guard from == nil, to == nil else { throw TickRange.failure("there is a range already", word) }
    let range = try TickRange(word)
    from = range.from.map { Bound(tick: $0, place: word.range) }
    to = range.to.map { Bound(tick: $0, place: word.range) }
  }

  /// The ticks to show.
  ///
  /// - Parameters:
  ///   - horizon: The first tick that is remembered.
  ///   - now: The present tick, which has not happened yet.
  /// - Returns: A range that is empty only if nothing has happened at all.
  /// - Throws: If the range is empty, or nothing in it is remembered.
  func range(from horizon: Tick, now: Tick) throws(CommandFailure) -> Range<Tick> {
    // Before anything has run, that is all there is to say of any range.
    if now == 0 { return 0..<0 }
    let end = min(to?.tick ?? now, now)
    let begin = max(from?.tick ?? 0, horizon)
    if let from, let to, to.tick <= from.tick {
      throw CommandFailure(
        "the range ends before it begins",
        at: to.place,
        hint: from.tick == to.tick
          ? "TO is the tick after the last: `timeline \(from.tick)..` has no last"
          : "`timeline \(to.tick)..\(from.tick)` shows the ticks in between"
      )
    }
    if let from, from.tick >= now {
      throw CommandFailure(
        "tick \(from.tick) has not come yet",
        at: from.place,
        hint: "it is tick \(now): `run` or `step` goes on"
      )
    }
    if let to, to.tick <= horizon {
      throw CommandFailure(
        to.tick == 0
          ? "there is nothing before tick 0" : "the ticks before \(horizon) are forgotten",
        at: to.place,
        hint: "`timeline \(horizon)..` shows what is remembered"
      )
    }
    return begin..<max(begin, end)
  }

  /// The note about requested ticks that are forgotten.
  func note(horizon: Tick) -> String? {
    guard (from?.tick ?? 0) < horizon else { return nil }
    return "the ticks before \(horizon) are forgotten: only so many changes are kept"
  }
}
