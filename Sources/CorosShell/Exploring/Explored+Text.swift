import CorosExplore
import CorosHistory
import CorosKernel
import CorosLanguage
import CorosSession

// What an exploration has found, in sentences.

extension Explored {
  package func text(in look: Look) -> String {
    var paragraphs: [String] = []
    if shard.count > 1, missing == nil {
      paragraphs.append(
        "shard \(shard.number) of \(shard.count): the other shards tell the rest, and "
          + "`explore merge` adds them up"
      )
    }
    if let missing {
      paragraphs.append(
        missing.isEmpty
          ? "\(counted(shard.count, "shard")) added up"
          : "\(Self.list(missing, "shard", "shards")) of \(shard.count) "
            + "\(missing.count == 1 ? "is" : "are") missing"
      )
    }
    paragraphs.append(coverage)
    if let verdict { paragraphs.append(verdict) }
    var text = paragraphs.map { Self.wrapped($0, look) }.joined()
    let most = 20
    for (index, failure) in exploration.failures.prefix(most).enumerated() {
      text += failure.text(in: look)
      if index == 0, let landing {
        let way =
          script.map {
            "at a prompt, `source \(quoted($0))` and `replay` with that word lead there: "
          }
          ?? "branch \(landing.branch) stands there, at tick \(landing.tick): "
        text += Self.wrapped(
          way + "`back` leads into it, `stepper` shows it"
            + (failure.tasks.first.map { ", `why \($0)` explains" } ?? ""),
          look
        )
        if let page { text += Self.wrapped(Self.words(of: page), look) }
      }
    }
    let more = exploration.failures.count - most
    if more > 0 { text += "and \(counted(more, "more failure")); `--json` has them all\n" }
    for remark in remarks { text += Self.wrapped(remark, look) }
    return text + endings(look)
  }

  private static func words(of page: (file: String, passing: Int?, tick: Tick?)) -> String {
    let file = excerpt(of: page.file, limit: 200)
    guard let passing = page.passing, let tick = page.tick else {
      return "\(file) shows it; no order of steps like it was found that passes"
    }
    return
      "\(file) shows it beside branch \(passing), an order of steps that passes: they part at tick "
      + "\(tick)"
  }

  // MARK: What was tried

  private var failures: [FoundFailure] { exploration.failures }

  /// How much was tried, and where nothing fails, what that means.
  private var coverage: String {
    switch exploration.covers {
    case .sample: sample
    case .all where exploration.how == "states":
      (exploration.states.map { groupedCount($0, "state") } ?? "all states")
        + " and all ways through them were seen: exhausted"
        + (failures.isEmpty ? ". \(noneOfAll)" : "")
    case .all where exploration.how == "merged":
      "\(groupedCount(exploration.states ?? 0, "merged state")) stand for all schedules, and each "
        + "was seen: exhausted" + (failures.isEmpty ? ". None fails" : "")
    case .all where exploration.classes != nil:
      (exploration.classes == 1
        ? "1 class stands for all schedules, and it was tried: exhausted"
        : "\(grouped(exploration.classes ?? 0)) classes stand for all schedules, and each was tried: "
          + "exhausted") + (failures.isEmpty ? ". None fails" : "")
    case .all:
      (exploration.runs == 1
        ? "there is one schedule, and it was tried: exhausted"
        : "all \(grouped(exploration.runs)) schedules were tried: exhausted")
        + (failures.isEmpty ? ". None fails" : "")
    case .bound:
      (exploration.runs == 1
        ? "the only schedule with at most \(boundWords)"
        : "all \(grouped(exploration.runs)) schedules with at most \(boundWords)")
        + (failures.isEmpty
          ? ": none fails. Beyond that nothing is known"
          : exploration.runs == 1 ? " was tried" : " were tried")
    case .part: part
    }
  }

  private var noneOfAll: String {
    exploration.schedules.map { "None of \(groupedCount($0, "schedule")) fails" } ?? "None fails"
  }

  private var boundWords: String {
    let bound = exploration.bound ?? 0
    return exploration.how == "delay"
      ? counted(bound, "delay") : counted(bound, "pre-emption")
  }

  private var sample: String {
    let runs = exploration.runs
    let what =
      exploration.how == "random"
      ? groupedCount(runs, "random run")
      : "\(groupedCount(runs, "run")) by \(exploration.description)"
    guard failures.isEmpty else { return "\(what) tried\(pause)" }
    // The rule of three: with more than that chance, so many runs would fail once in 95 cases of 100.
    let excluded = Self.roundedDown(runs / 3)
    return "\(what), none failed\(exploration.stopped == .interrupted ? ", interrupted" : ""). "
      + "This is no proof"
      + (excluded > 1
        ? ": it excludes, with 95 % certainty, chances above 1 in \(grouped(excluded))" : "")
  }

  private var part: String {
    let (count, noun, nouns) = tried
    var what = "\(groupedCount(count, noun, plural: nouns)) tried"
    if exploration.how == "states", exploration.states == nil {
      what = "the states of \(counted(shard.count - (missing?.count ?? 0), "shard")) tried"
    }
    if exploration.stopped == .exhausted {
      return what + (exploration.isPart ? ": all of this part" : "")
        + (failures.isEmpty ? ". None of them fails" : "")
    }
    let share = exploration.share.map { share in
      "; about \(Self.percent(share)) % of the tree (an estimate)"
    }
    return what + pause + (share ?? "") + (failures.isEmpty ? ". No failure so far" : "")
  }

  private var tried: (Int, String, String) {
    if let classes = exploration.classes { return (classes, "class", "classes") }
    if let states = exploration.states {
      return exploration.how == "merged"
        ? (states, "merged state", "merged states") : (states, "state", "states")
    }
    return (exploration.runs, "schedule", "schedules")
  }

  /// Why it ended early, as the end of a sentence.
  private var pause: String {
    switch exploration.stopped {
    case .exhausted: ""
    case .runs where exploration.isSampler: ""
    case .runs, .steps, .time: ", the budget is reached"
    case .failure: ", up to the first failure; `--all` goes on"
    case .memory: ", the memory is reached"
    case .interrupted: ", interrupted"
    }
  }

  // MARK: What fails

  /// How many schedules fail, and how; nil where none does.
  private var verdict: String? {
    if failures.isEmpty { return nil }
    let kinds = ExplorationFailure.Kind.allCases.map { kind in
      (kind, failures.count { $0.kind == kind })
    }.filter { $0.1 > 0 }
    let words = kinds.map { kind, count in
      kinds.count == 1 || count == 1 ? Self.word(kind) : "\(Self.word(kind)) (\(count))"
    }.joined(separator: ", ")
    var text = "\(counted(failures.count, "failure")): \(words)"
    if exploration.stopped == .failure { return text }
    let failing = grouped(exploration.failing)
    let fail = exploration.failing == Count(1) ? "fails" : "fail"
    if let classes = exploration.classes {
      text += "; \(failing) of \(groupedCount(classes, "class", plural: "classes")) \(fail)"
    } else if exploration.isSampler {
      text += "; \(failing) of \(groupedCount(exploration.runs, "run")) \(fail)"
    } else if exploration.isPart, exploration.failing == Count(0) {
      // The beginnings of all parts are looked at by each of them.
      return text + ", on the way to this part; none of its own schedules fails"
    } else if let schedules = exploration.schedules {
      text += "; \(failing) of \(groupedCount(schedules, "schedule")) \(fail)"
    }
    if let chance = exploration.chance {
      text +=
        exploration.isPart
        ? "; a random run comes here and fails with chance \(chance)"
        : ", a random run with chance \(chance)"
    }
    return text
  }

  private static func word(_ kind: ExplorationFailure.Kind) -> String {
    switch kind {
    case .deadlock: "deadlock"
    case .failed: "a task failed"
    case .check: "a check at the end"
    case .always: "a check during the run"
    case .livelock: "livelock"
    }
  }

  // MARK: What else is to be said

  private var remarks: [String] {
    var remarks: [String] = []
    if exploration.unfinished > 0 {
      let runs = groupedCount(exploration.unfinished, "run")
      remarks.append(
        "note: \(runs) reached the limit of \(grouped(exploration.deepest)) steps; how they end is unknown"
      )
    }
    if let hidden = exploration.hidden {
      remarks.append(
        "note: \(Self.list(hidden.tasks, "task", "tasks")) share something that no system call shows: "
          + "equal schedules end differently (tick \(hidden.tick)); classes mean nothing here, "
          + "`explore dfs` does"
      )
    }
    if let way = exploration.cannotEnd {
      remarks.append("note: from some states the tasks cannot all end; this leads to one: \(way)")
    }
    if let keptIn, [.runs, .steps].contains(exploration.stopped), !exploration.isSampler {
      let limit = exploration.stopped == .runs ? "--runs" : "--steps"
      remarks.append(
        "`explore --resume \(quoted(excerpt(of: keptIn, limit: 200))) \(limit) N` goes on, with a larger budget"
      )
    }
    if exploration.undecided != nil {
      remarks.append(
        "note: in this part the tasks go round for ever and never all end; the other shards tell whether "
          + "that is wrong"
      )
    }
    if let time {
      let milliseconds = time / 1_000_000
      let rate = exploration.runs * 1_000 / Int(max(1, milliseconds))
      remarks.append(
        "in \(grouped(milliseconds)) ms: \(grouped(rate)) runs a second, "
          + "\(grouped(exploration.steps * 1_000 / Int(max(1, milliseconds)))) steps a second"
      )
    }
    return remarks
  }

  /// The values at the ends of runs, and a schedule for each.
  private func endings(_ look: Look) -> String {
    guard let finals else { return "" }
    if finals.isEmpty { return "no run ends with all tasks ended and none failed\n" }
    var text = "runs end with:\n"
    for (values, way) in finals {
      text += "  \(look.style.paint(values, .name))  \(look.style.paint(way, .faint))\n"
    }
    return text
  }

  // MARK: Words

  package static func wrapped(_ text: String, _ look: Look) -> String {
    let lines = TextFlow.wrapped(text, width: look.width - 2, indent: "")
      .split(separator: "\n", omittingEmptySubsequences: true)
    return lines.enumerated().map { ($0 == 0 ? "" : "  ") + $1 + "\n" }.joined()
  }

  private static func list(_ numbers: [Int], _ noun: String, _ nouns: String) -> String {
    guard let last = numbers.last, numbers.count > 1 else {
      return "\(noun) \(numbers.first ?? 0)"
    }
    let most = 20
    if numbers.count > most {
      return "\(nouns) \(numbers.prefix(most).map(String.init).joined(separator: ", ")) "
        + "and \(numbers.count - most) more"
    }
    return "\(nouns) \(numbers.dropLast().map(String.init).joined(separator: ", ")) and \(last)"
  }

  /// A number with its first two digits.
  static func roundedDown(_ number: Int) -> Int {
    var (number, factor) = (number, 1)
    while number >= 100 { (number, factor) = (number / 10, factor * 10) }
    return number * factor
  }

  /// A share in per cent, with one digit after the point where it is small.
  package static func percent(_ share: Double) -> String {
    let tenths = Int(max(0, min(1, share)) * 1_000)
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\(tenths / 10)"
  }
}

extension FoundFailure {
  /// What went wrong, and the smallest schedule in which it does.
  package func text(in look: Look) -> String {
    var text = ""
    for line in TextFlow.wrapped(self.text, width: look.width, indent: "  ").split(separator: "\n")
    {
      text += look.style.paint(String(line), .bad) + "\n"
    }
    text += Explored.wrapped(sizeWords, look)
    text += schedule.description + "\n"
    if !cycle.isEmpty {
      text += Explored.wrapped(
        "and from there for ever: \(cycle.map(String.init).joined(separator: "."))",
        look
      )
    }
    return text
  }

  /// How small the schedule is, how sure that is, and how large it was before it was shrunk.
  private var sizeWords: String {
    let found = from == size ? "" : ". It was shrunk from \(Self.words(from))"
    return switch minimal {
    case .proved: "smallest: \(Self.words(size)); none has fewer pre-emptions\(found)"
    case .local: "smallest found: \(Self.words(size)); no part of it can be left out\(found)"
    case .found: "as it was found: \(Self.words(size))"
    }
  }

  private static func words(_ size: ExplorationFailure.Size) -> String {
    [
      counted(size.preemptions, "pre-emption"),
      counted(size.switches, "switch", plural: "switches"),
      counted(size.steps, "step"),
    ].joined(separator: ", ")
  }
}
