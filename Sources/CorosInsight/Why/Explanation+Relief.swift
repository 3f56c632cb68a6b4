package import CorosKernel
import CorosLanguage

// Where in a text a task waits, and in which line another task does what it waits for.

extension Explanation {
  /// An act of another task for which this one waits.
  package struct Help {
    package let tid: TaskID
    package let relief: Relief
    /// Whether nothing stands between the task and this act, neither a condition nor a wait.
    package let isCertain: Bool

    init(_ tid: TaskID, _ relief: Relief, _ scheduler: Scheduler) {
      self.tid = tid
      self.relief = relief
      isCertain = relief.isCertain && scheduler.info(tid).flatMap(TaskWords.reason) == nil
    }

    var words: String {
      "\(isCertain ? "will" : "can") \(relief.deed) in line \(relief.line)"
        + (relief.isByOthers ? ", which may do so" : "")
    }
  }

  /// Which tasks do, further on, what a task waits for: those first that certainly will.
  static func help(for waiter: TaskID, _ scheduler: Scheduler) -> [Help] {
    guard let program = scheduler.steppedProgram(of: waiter) else { return [] }
    let all = scheduler.tasks().compactMap { task -> Help? in
      guard task.tid != waiter,
        let relief = scheduler.steppedProgram(of: task.tid)?.relief(of: program)
      else { return nil }
      return Help(task.tid, relief, scheduler)
    }
    let direct = all.filter { !$0.relief.isByOthers }
    let best = direct.isEmpty ? all : direct
    return best.filter(\.isCertain) + best.filter { !$0.isCertain }
  }

  /// The line in which a task waits, if it runs a text: ` in line 4`.
  func line(of tid: TaskID) -> String {
    scheduler.steppedProgram(of: tid)?.line.map { " in line \($0)" } ?? ""
  }

  /// The condition that a task waits for, as its text says it.
  func condition(of tid: TaskID) -> String? { scheduler.steppedProgram(of: tid)?.condition }

  /// Where the holder of an object gives it back, in the words that follow its name.
  func givingBack(by holder: TaskID, to waiter: TaskID) -> String {
    guard let program = scheduler.steppedProgram(of: holder),
      let waiting = scheduler.steppedProgram(of: waiter)
    else { return "" }
    guard let relief = program.relief(of: waiting), !relief.isByOthers else {
      return " and gives back in no line that lies ahead: only when it ends"
    }
    return " and \(Help(holder, relief, scheduler).words)"
  }

  /// Which tasks will do what a task waits for, in sentences.
  func reliefs(of waiter: TaskID) -> [String] {
    guard let program = scheduler.steppedProgram(of: waiter) else { return [] }
    let help = Self.help(for: waiter, scheduler)
    let what = program.condition == nil ? "does what it waits for" : "writes what it waits for"
    var sentences: [String] = []
    if help.allSatisfy(\.relief.isByOthers) { sentences.append("no task that is left \(what)") }
    sentences += help.prefix(Self.shown).map { "task \($0.tid)\(name($0.tid)) \($0.words)" }
    if help.count > Self.shown {
      sentences.append("and \(counted(help.count - Self.shown, "more task")) can do so")
    }
    return sentences
  }
}
