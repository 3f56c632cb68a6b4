package import CorosInsight
package import CorosKernel
package import CorosMachine

/// Questions about what registers and cells contain while a program in assembly runs.
package struct MachineQuiz {
  /// The program and its threads, as they were loaded.
  package let load: AssemblyLoad
  /// The policy, with its settings.
  package let policy: String
  /// The instructions, to the last one that is asked about.
  package private(set) var trace: [TracedInstruction] = []
  /// The questions, in the order of the instructions.
  package private(set) var questions: [PlainQuestion] = []

  /// The maximum number of instructions that a person follows with pencil and paper.
  private static let longest = 60

  /// Runs a program, and draws some of its instructions.
  ///
  /// - Parameters:
  ///   - load: The program.
  ///   - policy: Who runs next.
  ///   - seed: Equal seeds ask about the same instructions.
  ///   - count: The number of questions; fewer when fewer instructions write something.
  /// - Throws: `SystemCallError` when there are too many threads.
  package init(
    _ load: AssemblyLoad,
    policy: PolicyChoice,
    seed: UInt64,
    questions count: Int
  ) throws {
    self.load = load
    let made = policy.make()
    self.policy = made.description
    trace = try load.trace(policy: made, limit: Self.longest)
    var open = trace.indices.filter { trace[$0].change != nil }
    var random = RandomSource(seed: seed)
    while open.count > count { open.remove(at: random.next(below: open.count)) }
    questions = open.compactMap { question($0) }
    trace.removeLast(trace.count - (open.last ?? -1) - 1)
  }

  private func question(_ index: Int) -> PlainQuestion? {
    let step = trace[index]
    guard let change = step.change else { return nil }
    let last = trace[..<index].lastIndex {
      $0.change?.place == change.place && ($0.thread == step.thread || !change.isRegister)
    }
    let nudge =
      last.map { "\(change.place) was last written in step \($0 + 1)." }
      ?? "Nothing has written \(change.place) before; it still contains what it did at first."
    let known = step.before.filter { step.words.contains($0.key) || $0.value != 0 }
      .sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
    let answer = change.after
    return PlainQuestion(
      "Step \(index + 1), thread \(step.thread + 1): `\(step.words)`. What does \(change.place) contain then?",
      answer: String(answer),
      form: "a whole number",
      hints: [
        nudge,
        "Each thread has registers of its own; the cells of memory belong to all of them. What is on the left of "
          + "the comma goes to what is on the right.",
        "Before this step: " + (known.isEmpty ? "all are 0" : known.joined(separator: ", ")) + ".",
      ]
    ) { text in
      guard let number = Int(text) else { return .senseless }
      return number == answer ? .right : .wrong
    }
  }
}

extension TracedInstruction.Change {
  var isRegister: Bool { place.hasPrefix("%") }
}
