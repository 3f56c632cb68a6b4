import CorosInsight
import CorosKernel
package import CorosLanguage
import CorosSession

// A state on its way to another terminal, which draws it.
//
// Each state is whole: a terminal that has missed some shows the next one, and nothing depends on the order of the two
// ends. It has no more than fits on the screen for which it was made, so its length is bounded by the size of the
// screen, and by `mostPage` for a page.

extension StepperState {
  /// The longest name, remark or message, in bytes.
  private static let mostText = 1_000
  /// The longest page, in lines and in bytes: the prompt shows a longer text.
  private static let mostPage = (lines: 1_000, bytes: 200_000)

  /// The state as JSON, as far as a view of some size shows it.
  func json(for view: StepperView) -> JSON {
    let room = max(16_384, 4 * view.width * view.height)
    return [
      "tick": .int(tick), "policy": Self.json(policy), "next": Self.json(next),
      "live": .int(liveCount), "ready": .int(readyCount), "ahead": .int(ahead),
      "branch": .int(branch), "wheel": wheel.map { .string($0) } ?? .null,
      "running": .bool(isRunning), "speed": .string(speed.words),
      "followed": followed.map(Self.json) ?? .null,
      "tasks": .array(items.map(\.json)), "below": .int(tasksBelow),
      "events": Self.json(events, within: room), "output": Self.json(output, within: room),
      "source": source?.json ?? .null,
      "timeline": .array(view.coarseTimeline.map(Self.json)),
      "from": .int(range.lowerBound), "to": .int(range.upperBound),
      "column": .int(ticksPerColumn),
      "message": message.map { Self.json($0) } ?? .null,
      "question": question.map(Self.json) ?? .null,
      "page": overlay.map(Self.json) ?? .null,
    ]
  }

  /// Reads a state that a machine has sent; nil for anything else, however much it looks like one.
  package init?(_ json: JSON, isUnicode: Bool) {
    self.init()
    guard let tick = json["tick"]?.count, let policy = json["policy"]?.word,
      let next = json["next"]?.word, let live = json["live"]?.count,
      let ready = json["ready"]?.count, let ahead = json["ahead"]?.count,
      let branch = json["branch"]?.count,
      let speed = json["speed"]?.word.flatMap(StepperSpeed.init(words:)),
      let items = json["tasks"]?.all(Item.init), let below = json["below"]?.count,
      let events = json["events"]?.all(Self.line), let output = json["output"]?.all(Self.line),
      let rows = json["timeline"]?.all(Self.row),
      let from = json["from"]?.count, let to = json["to"]?.count, from <= to,
      let column = json["column"]?.count, (1...1_024).contains(column),
      case .bool(let isRunning)? = json["running"],
      let wheel = json["wheel"]?.orNull(\.word), let followed = json["followed"]?.orNull(\.word),
      let source = json["source"]?.orNull(Source.init),
      let message = json["message"]?.orNull(Self.line),
      let question = json["question"]?.orNull(\.word), let page = json["page"]?.orNull(Self.page)
    else { return nil }
    (self.tick, self.policy, self.next, self.ahead) = (tick, policy, next, ahead)
    (liveCount, readyCount, self.branch, self.isRunning) = (live, ready, branch, isRunning)
    (self.speed, self.wheel, self.followed) = (speed, wheel, followed)
    (self.items, tasksBelow, self.events, self.output) = (items, below, events, output)
    (self.source, timeline, range, ticksPerColumn) = (source, rows, from..<to, column)
    (self.message, self.question, overlay) = (message, question, page)
    self.isUnicode = isUnicode
  }

  // MARK: Parts

  fileprivate static func json(_ text: String) -> JSON { .string(text.head(bytes: mostText)) }

  /// A line as its runs, each a text and a role.
  private static func json(_ line: StyledLine) -> JSON {
    .array(line.runs.map { [.string($0.text), .string($0.role.rawValue)] })
  }

  /// The newest lines that have room.
  private static func json(_ lines: [StyledLine], within room: Int) -> JSON {
    var room = room
    let newest = lines.reversed().prefix { line in
      defer { room -= line.text.utf8.count + 1 }
      return room > 0
    }
    return .array(newest.reversed().map { json($0) })
  }

  private static func line(_ json: JSON) -> StyledLine? {
    guard let runs = json.list else { return nil }
    var line = StyledLine()
    for run in runs {
      guard let parts = run.list, parts.count == 2, let text = parts[0].word,
        let role = parts[1].word.flatMap(Style.Role.init)
      else { return nil }
      line.append(text, role)
    }
    return line
  }

  private static func json(_ page: Overlay) -> JSON {
    var room = mostPage.bytes
    var lines = Array(
      page.lines.prefix(mostPage.lines).prefix { line in
        room -= line.text.utf8.count + 1
        return room >= 0
      }
    )
    if lines.count < page.lines.count {
      let rest = page.lines.count - lines.count
      lines.append(StyledLine("and \(counted(rest, "line")) more, which the prompt shows", .faint))
    }
    return [
      "title": json(page.title), "lines": .array(lines.map { json($0) }),
      "scroll": .int(min(page.scroll, lines.count)),
    ]
  }

  private static func page(_ json: JSON) -> Overlay? {
    guard let title = json["title"]?.word, let lines = json["lines"]?.all(line),
      let scroll = json["scroll"]?.count
    else { return nil }
    return Overlay(title: title, lines: lines, scroll: scroll)
  }

  private static func json(_ row: TimelineRow) -> JSON {
    [
      "tid": .int(row.tid.rawValue), "name": json(row.name),
      "spans": .array(
        row.spans.map { [.string($0.state.rawValue), .int($0.from), .int($0.to)] }
      ),
    ]
  }

  private static func row(_ json: JSON) -> TimelineRow? {
    guard let tid = json["tid"]?.task, let name = json["name"]?.word,
      let spans = json["spans"]?.all(span)
    else { return nil }
    return TimelineRow(tid: tid, name: name, spans: spans, figures: TimelineFigures(arrival: 0))
  }

  private static func span(_ json: JSON) -> TimelineSpan? {
    guard let parts = json.list, parts.count == 3,
      let state = parts[0].word.flatMap(TimelineState.init),
      let from = parts[1].count, let to = parts[2].count, from < to
    else { return nil }
    return TimelineSpan(state: state, from: from, to: to)
  }
}

extension StepperState.Item {
  fileprivate var json: JSON {
    switch self {
    case .heading(let title, let count):
      ["heading": StepperState.json(title), "count": .int(count)]
    case .task(let row):
      [
        "tid": .int(row.tid.rawValue), "name": StepperState.json(row.name),
        "state": StepperState.json(row.state), "detail": StepperState.json(row.detail),
        "role": .string(row.role.rawValue), "next": .bool(row.isNext),
        "selected": .bool(row.isSelected), "followed": .bool(row.isFollowed),
        "break": .bool(row.hasBreakpoint),
      ]
    }
  }

  fileprivate init?(_ json: JSON) {
    if let title = json["heading"]?.word, let count = json["count"]?.count {
      self = .heading(title, count: count)
      return
    }
    guard let tid = json["tid"]?.task, let name = json["name"]?.word,
      let state = json["state"]?.word, let detail = json["detail"]?.word,
      let role = json["role"]?.word.flatMap(Style.Role.init)
    else { return nil }
    self = .task(
      StepperState.Row(
        tid: tid,
        name: name,
        state: state,
        detail: detail,
        role: role,
        isNext: json["next"] == true,
        isSelected: json["selected"] == true,
        isFollowed: json["followed"] == true,
        hasBreakpoint: json["break"] == true
      )
    )
  }
}

extension StepperState.Source {
  /// The most variables that are shown.
  private static let mostVariables = 64

  fileprivate var json: JSON {
    [
      "tid": .int(tid.rawValue), "name": StepperState.json(name), "count": .int(count),
      "variables": .array(variables.prefix(Self.mostVariables).map(StepperState.json)),
      "lines": .array(
        lines.map { line in
          [
            "number": .int(line.number), "text": StepperState.json(line.text),
            "current": .bool(line.isCurrent),
            "others": .array(line.others.prefix(100).map { .int($0.rawValue) }),
          ]
        }
      ),
    ]
  }

  fileprivate init?(_ json: JSON) {
    guard let tid = json["tid"]?.task, let name = json["name"]?.word,
      let count = json["count"]?.count, let variables = json["variables"]?.all(\.word),
      let lines = json["lines"]?.all(Line.init)
    else { return nil }
    self.init(tid: tid, name: name, variables: variables, lines: lines, count: count)
  }
}

extension StepperState.Source.Line {
  fileprivate init?(_ json: JSON) {
    guard let number = json["number"]?.count, let text = json["text"]?.word,
      let others = json["others"]?.all(\.task)
    else { return nil }
    self.init(number: number, text: text, isCurrent: json["current"] == true, others: others)
  }
}

extension JSON {
  /// A number of something, or a tick: so small that sums of some cannot overflow.
  fileprivate var count: Int? {
    if case .int(let number) = self, 0...(1 << 53) ~= number { number } else { nil }
  }

  fileprivate var word: String? { if case .string(let text) = self { text } else { nil } }

  fileprivate var list: [JSON]? { if case .array(let list) = self { list } else { nil } }

  fileprivate var task: TaskID? { count.map { TaskID(rawValue: $0) } }

  /// The elements of a list, if each of them is what it should be.
  fileprivate func all<Value>(_ value: (JSON) -> Value?) -> [Value]? {
    guard let list else { return nil }
    var values: [Value] = []
    for element in list {
      guard let value = value(element) else { return nil }
      values.append(value)
    }
    return values
  }

  /// A value that may be absent; nil if it is there, and not what it should be.
  fileprivate func orNull<Value>(_ value: (JSON) -> Value?) -> Value?? {
    if self == .null { return .some(nil) }
    return value(self).map { .some($0) }
  }
}
