package import CorosExplore
package import CorosLanguage
package import CorosSession

/// The words of `explore`, understood.
package struct ExploreWords {
  package var order = ExplorationOrder()
  /// How long it may take, in nanoseconds; nil for as long as it does.
  package private(set) var time: UInt64?
  /// How many processes share the work.
  package private(set) var jobs = 1
  /// The file that keeps the results.
  package private(set) var out: Argument?
  /// The file whose exploration goes on.
  package private(set) var resume: Argument?
  /// The page that shows the failure beside an order that passes.
  package private(set) var html: Argument?
  /// Whether the result says how long it took.
  package private(set) var isTimed = false
  /// The words that are the same for all shards of one exploration.
  package private(set) var words: [String] = []
  /// What was given, by the names of the options.
  package private(set) var places: [String: Argument] = [:]

  private let invocation: Invocation
  private let manual: Manual
  private let shell: Shell
  private var index = 0
  private var hasHow = false

  /// Reads the words of a command.
  ///
  /// - Throws: The first that is wrong, with status 2: that is no failure of what is explored.
  package init(
    _ invocation: Invocation,
    _ manual: Manual,
    in shell: Shell
  ) throws(CommandFailure) {
    self.invocation = invocation
    self.manual = manual
    self.shell = shell
    do throws(CommandFailure) {
      try readAll()
    } catch {
      var failure = error
      failure.status = 2
      throw failure
    }
  }

  private mutating func readAll() throws(CommandFailure) {
    while index < invocation.arguments.count {
      let word = invocation.arguments[index]
      if word.text.hasPrefix("--") {
        try readOption(word)
      } else {
        try readHow(word)
      }
    }
    try takeAttempts()
    if jobs > 1, let place = places["--shard"] ?? places["--resume"] ?? places["--out"] {
      throw CommandFailure(
        "\(place.text) does not go with --jobs",
        at: place.range,
        hint: "--jobs divides the work among processes itself, and adds up what they find"
      )
    }
    if let place = places["--shard"] ?? places["--jobs"], !order.isDivisible {
      throw CommandFailure(
        "\(order.strategy.name) cannot be divided: each part would do all of it",
        at: place.range,
        hint: "states, dfs, dpor, source, bound, delay and the random ways can, such as mix"
      )
    }
    if let html, resume != nil {
      throw CommandFailure(
        "--html does not go with --resume",
        at: html.range,
        hint: "`export --html FILE` writes a page of the failure that is found"
      )
    }
    if let resume, let out {
      throw CommandFailure(
        "--out does not go with --resume",
        at: out.range,
        hint: "the results stay in '\(excerpt(of: resume.text))'"
      )
    }
    if resume != nil, words.count > 2 * (newLimits?.count ?? 0) {
      throw CommandFailure(
        "--resume goes on as the exploration was begun",
        at: invocation.arguments[0].range,
        hint: "beside it there is room for --for TIME, --runs N, --steps N and --timing only"
      )
    }
  }

  // MARK: How

  private mutating func readHow(_ word: Argument) throws(CommandFailure) {
    index += 1
    if !hasHow, let strategy = Self.strategies[word.text] {
      hasHow = true
      order.strategy = strategy
      words.append(word.text)
      return
    }
    let parts = word.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw CommandFailure(
        !hasHow
          ? "there is no way of exploring called '\(excerpt(of: word.text))'"
          : "explore does not take '\(excerpt(of: word.text))' here",
        at: word.range,
        hint: !hasHow
          ? Suggestion.question(for: word.text, among: Self.names)
            ?? "the ways are \(Self.names.joined(separator: ", "))"
          : "usage: \(manual.usage)"
      )
    }
    let text = String(parts[1])
    let place = word.place(of: parts[0].utf8.count + 1..<word.text.utf8.count)
    func number(_ range: ClosedRange<Int>) throws(CommandFailure) -> Int {
      guard let number = Int(text), range.contains(number) else {
        throw CommandFailure(
          "\(parts[0]) must be a whole number from \(range.lowerBound) to \(range.upperBound)",
          at: place,
          hint: "for example \(parts[0])=\(range.lowerBound + 1)"
        )
      }
      return number
    }
    switch (order.strategy, parts[0]) {
    case (.pct, "depth"): order.strategy = .pct(depth: try number(1...1_000))
    case (.bound, "preemptions"): order.strategy = .bound(preemptions: try number(0...1_000))
    case (.delay, "delays"): order.strategy = .delay(delays: try number(0...1_000))
    default:
      let name = order.strategy.name
      let keys = ["pct": "depth", "bound": "preemptions", "delay": "delays"]
      throw CommandFailure(
        "'\(excerpt(of: String(parts[0])))' is not a setting of \(name)",
        at: word.range,
        hint: keys[name].map { "its setting is \($0)=N" } ?? "\(name) has no settings"
      )
    }
    words.append(word.text)
  }

  /// The ways of exploring, in the order of the manual.
  package static let ways: [Strategy] = [
    .auto, .dpor(attempts: false), .source(attempts: false), .states, .merged, .dfs,
    .bound(preemptions: 2), .delay(delays: 2),
    .random, .mix, .pct(depth: 3), .pos, .urw,
  ]

  package static let names = ways.map(\.name)

  private static let strategies = Dictionary(uniqueKeysWithValues: ways.map { ($0.name, $0) })

  // MARK: Options

  private mutating func readOption(_ word: Argument) throws(CommandFailure) {
    let options = manual.options
    guard let option = options.first(where: { $0.name == word.text }) else {
      throw CommandFailure(
        "explore does not take '\(excerpt(of: word.text))'",
        at: word.range,
        hint: Suggestion.question(for: word.text, among: options.map(\.name))
          ?? "its options are \(options.map(\.name).joined(separator: ", "))"
      )
    }
    let isRepeatable = ["--check", "--always", "--ignore"].contains(word.text)
    guard isRepeatable || places[word.text] == nil else {
      throw CommandFailure(
        "\(word.text) is given twice",
        at: word.range,
        hint: "once is enough: \(option.usage)"
      )
    }
    places[word.text] = word
    index += 1
    guard option.value != nil else { return readFlag(word.text) }
    guard index < invocation.arguments.count else {
      throw CommandFailure(
        "\(word.text) needs a value",
        at: word.range,
        hint: "it is \(option.usage): \(option.summary)"
      )
    }
    let first = index
    try readValue(of: word.text)
    if ["--shard", "--jobs", "--out", "--html", "--resume", "--for"].contains(word.text) { return }
    words += [word.text, text(of: invocation.arguments[first..<index])]
  }

  /// Some words as one: a condition as it was typed.
  private func text(of arguments: ArraySlice<Argument>) -> String {
    guard arguments.count > 1, let first = arguments.first, let last = arguments.last else {
      return arguments.first?.text ?? ""
    }
    let bytes = invocation.line.utf8.dropFirst(first.range.lowerBound)
    return String(Substring(bytes.prefix(last.range.upperBound - first.range.lowerBound)))
  }

  private mutating func readFlag(_ name: String) {
    switch name {
    case "--all": order.limits.all = true
    case "--no-shrink": order.limits.shrinks = false
    case "--finals": order.limits.finals = true
    case "--timing": return isTimed = true
    default: break
    }
    words.append(name)
  }

  private mutating func takeAttempts() throws(CommandFailure) {
    guard let place = places["--attempts"] else { return }
    switch order.strategy {
    case .dpor: order.strategy = .dpor(attempts: true)
    case .source: order.strategy = .source(attempts: true)
    default:
      throw CommandFailure(
        "--attempts is a setting of dpor and source, not of \(order.strategy.name)",
        at: place.range,
        hint: "for example `explore dpor --attempts`"
      )
    }
  }

  private mutating func readValue(of name: String) throws(CommandFailure) {
    let value = invocation.arguments[index]
    switch name {
    case "--runs": order.limits.runs = try number("the number of runs")
    case "--steps": order.limits.steps = try number("the number of steps")
    case "--depth": order.limits.depth = try number("the length of a run")
    case "--seed": order.limits.seed = try invocation.seed(index)
    case "--for": time = try Self.time(value)
    case "--check", "--always": return try readCondition(name)
    case "--ignore":
      guard let kind = ExplorationFailure.Kind(rawValue: value.text),
        [.deadlock, .failed].contains(kind)
      else {
        throw CommandFailure(
          "only a deadlock, or a task that failed, can be ignored, not '\(excerpt(of: value.text))'",
          at: value.range,
          hint: "--ignore deadlock, or --ignore failed"
        )
      }
      order.ignored.insert(kind)
    case "--shard": order.limits.shard = try Self.shard(value)
    case "--jobs": jobs = try invocation.integer(index, "the number of processes", in: 1...1_024)
    case "--out": out = value
    case "--html": html = value
    default: resume = value
    }
    index += 1
  }

  /// A number such as 100000, 100_000 or 1e5.
  private func number(_ meaning: String) throws(CommandFailure) -> Int {
    let text = invocation.arguments[index].text
    let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    if parts.count == 2, let factor = Int(parts[0]), let power = Int(parts[1]),
      (1...1_000_000).contains(factor), (0...12).contains(power)
    {
      return (0..<power).reduce(factor) { number, _ in number * 10 }
    }
    if text.contains("_"), let number = Int(text.replacing("_", with: "")), number > 0 {
      return number
    }
    return try invocation.integer(index, meaning, in: 1...Int.max)
  }

  private static func time(_ argument: Argument) throws(CommandFailure) -> UInt64 {
    let units: [(String, UInt64)] = [
      ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]
    let digits = argument.text.prefix { $0.isASCII && $0.isNumber }
    let unit = argument.text.dropFirst(digits.count)
    let length = unit.isEmpty ? 1_000_000_000 : units.first { $0.0 == unit }?.1
    guard let length, let number = UInt64(digits), (1...1_000_000).contains(number) else {
      throw CommandFailure(
        "'\(excerpt(of: argument.text))' is no time",
        at: argument.range,
        hint: "for example 10s, 5m or 2h"
      )
    }
    return number * length
  }

  private static func shard(_ argument: Argument) throws(CommandFailure) -> Shard {
    let parts = argument.text.split(separator: "/", omittingEmptySubsequences: false).map {
      Int($0)
    }
    guard parts.count == 2, let number = parts[0], let count = parts[1],
      (1...1_000_000).contains(count), (1...count).contains(number)
    else {
      throw CommandFailure(
        "a shard is its number and how many there are, not '\(excerpt(of: argument.text))'",
        at: argument.range,
        hint: "for example --shard 1/8 to --shard 8/8: they are counted from 1"
      )
    }
    return Shard(number, of: count)
  }

  // MARK: Conditions

  /// Reads a condition: one word in quotes, or all words up to the next option.
  private mutating func readCondition(_ name: String) throws(CommandFailure) {
    let first = index
    while index < invocation.arguments.count, !invocation.arguments[index].text.hasPrefix("--") {
      index += 1
    }
    let arguments = Array(invocation.arguments[first..<index])
    guard let start = arguments.first else {
      throw CommandFailure(
        "\(name) needs a condition",
        at: invocation.arguments[first - 1].range,
        hint: "for example \(name) 'count(failed) == 0'; see `help assert`"
      )
    }
    let condition =
      arguments.count == 1
      ? try condition(in: start)
      : try invocation.expression(arguments, isCondition: true, shell.scheduler)
    if name == "--check" { order.checks.append(condition) } else { order.always.append(condition) }
  }

  /// A condition in quotes: its words are those of its text.
  private func condition(in argument: Argument) throws(CommandFailure) -> MachineExpression {
    do {
      let list = try CommandList(parsing: argument.text)
      guard list.entries.count == 1 else {
        throw CommandFailure(
          "this is more than one condition",
          at: argument.range,
          hint: "join conditions by `and` and `or`"
        )
      }
      let words = try list.entries[0].command.expanded(with: shell.variables)
      return try MachineExpression(words, in: argument.text, isCondition: true, shell.scheduler)
    } catch let failure as CommandFailure {
      throw failure
    } catch let error as any Diagnostic {
      throw CommandFailure(
        error.message,
        at: place(of: error.range, in: argument),
        hint: error.hint
      )
    } catch {
      throw CommandFailure("this is no condition", at: argument.range)
    }
  }

  /// The place of a part of a word that stands in quotes.
  private func place(of part: SourceRange, in argument: Argument) -> SourceRange {
    let quotes = argument.range.count - argument.text.utf8.count
    guard quotes == 0 || quotes == 2, !part.isEmpty else { return argument.range }
    let start = argument.range.lowerBound + quotes / 2
    return start + part.lowerBound..<start + part.upperBound
  }

  // MARK: Defaults

  /// Sets the limits of an exploration that was given none.
  ///
  /// - Parameter isInteractive: Whether a person waits: then it is the time that counts.
  package mutating func useStandardLimits(isInteractive: Bool) {
    let isUnlimited = order.limits.runs == nil && order.limits.steps == nil && time == nil
    if isUnlimited, isInteractive { time = Self.patience }
    if isUnlimited, !isInteractive {
      order.limits.steps = 10_000_000
      words += ["--steps", "10000000"]
    }
    if order.limits.runs == nil {
      // Without a limit, random schedules would never end.
      let runs = isUnlimited && !isInteractive ? 100_000 : Self.withoutEnd
      order.limits.runs = runs
      words += ["--runs", "\(runs)"]
    }
  }

  /// How long a person waits, in nanoseconds, who has not said how long.
  static let patience: UInt64 = 10_000_000_000
  /// So many runs that it is the time, or the steps, that end them.
  private static let withoutEnd = 1_000_000_000_000
}
