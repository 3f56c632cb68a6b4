package import CorosKernel

/// An instruction as it was carried out, and the number that it wrote.
package struct TracedInstruction: Hashable, Sendable {
  /// A register or a variable, and what it contains after the instruction.
  package struct Change: Hashable, Sendable {
    /// `%ax`, or the name of a variable.
    package let place: String
    package let before: Int
    package let after: Int
  }

  /// The thread that carried it out, from 0.
  package let thread: Int
  /// Its line in the program.
  package let line: Int
  /// The instruction, as it is written.
  package let words: String
  /// What the registers of the thread and the variables contained before: `%ax`, and names.
  package let before: [String: Int]
  /// What it wrote; nil for an instruction that writes neither a register for calculations nor a variable.
  package let change: Change?

  /// The instructions whose last operand is where they write.
  private static let writers: Swift.Set = ["mov", "add", "sub", "mul", "lea", "neg", "pop"]

  /// Where an instruction writes even if it writes what was there: `%ax`; nil when that is not clear from its words.
  fileprivate static func target(of words: String) -> Substring? {
    guard let writer = words.split(separator: " ").first, writers.contains(String(writer)) else {
      return nil
    }
    return words.split { $0 == " " || $0 == "," }.last
  }
}

extension AssemblyLoad {
  /// Runs the program on a machine of its own, and says what each instruction wrote.
  ///
  /// Of an instruction that changes more than one number this is the first, registers before variables.
  ///
  /// - Parameters:
  ///   - policy: Who runs next.
  ///   - limit: The maximum number of instructions.
  /// - Returns: The instructions in the order in which they ran, in time linear in their number, times the number
  ///   of variables.
  /// - Throws: `SystemCallError` when there are more threads than tasks can be.
  package func trace(policy: any SchedulingPolicy, limit: Int) throws -> [TracedInstruction] {
    let scheduler = Scheduler(policy: policy)
    let tids = try scheduler.load(self)
    var states = threads
    var variables = assembly.variables.map { ($0.name, 0) }
    var trace: [TracedInstruction] = []
    while trace.count < limit {
      guard case .dispatched(let tid) = scheduler.step() else { break }
      guard let thread = tids.firstIndex(of: tid), let state = scheduler.registers(of: tid),
        let memory = scheduler.memoryView(of: tid)
      else { continue }
      let old = states[thread]
      guard let line = assembly.line(at: old.counter), let words = assembly.words(at: old.counter)
      else { continue }
      let values = assembly.variables.map { ($0.name, (try? memory.value(of: $0.cell)) ?? 0) }
      let before = Register.shown.map { ("%" + $0.name, old[$0]) } + variables
      let after = Register.shown.map { ("%" + $0.name, state[$0]) } + values
      let target = TracedInstruction.target(of: words)
      let changed =
        before.indices.first { before[$0].1 != after[$0].1 }
        ?? before.indices.first { before[$0].0[...] == target }
      trace.append(
        TracedInstruction(
          thread: thread,
          line: line,
          words: words,
          before: Dictionary(before, uniquingKeysWith: { first, _ in first }),
          change: changed.map {
            .init(place: before[$0].0, before: before[$0].1, after: after[$0].1)
          }
        )
      )
      states[thread] = state
      variables = values
    }
    return trace
  }
}

extension Register {
  /// Those that programs calculate with.
  fileprivate static let shown: [Register] = [.ax, .bx, .cx, .dx, .ex, .fx]
}
