package import CorosKernel
package import CorosLanguage
import CorosSync

// What a session asks of a machine about what has been defined on it.

/// A shared name and its values.
package struct SharedValues {
  package let name: String
  package let values: [SteppedVariable.Value]
  package let isArray: Bool
}

extension Scheduler {
  /// What has been defined on this machine; nil when nothing has.
  package var definitions: Definitions? {
    find(Definitions.self, named: Definitions.name).flatMap { value(of: $0) }
  }

  /// Defines something.
  ///
  /// - Parameter text: The text, one definition or several.
  /// - Throws: What is wrong with it; then nothing has changed.
  package func define(_ text: String) throws(ProgramError) {
    do {
      try perform(Define(text: text))
    } catch let error as ProgramError {
      throw error
    } catch {
      throw ProgramError(String(describing: error), at: 0..<1)
    }
  }

  /// The shared names and their values, in the order in which they were declared.
  package var sharedValues: [SharedValues] {
    guard let definitions else { return [] }
    return definitions.order.compactMap { name in
      guard case .cells(let symbol, let isTruth)? = definitions.entries[name] else { return nil }
      let values = symbol.elements.compactMap { link -> SteppedVariable.Value? in
        guard case .cell(let cell, _) = link, let value = value(of: cell)?.value else { return nil }
        return isTruth ? .truth(value != 0) : .number(value)
      }
      return SharedValues(name: name, values: values, isArray: symbol.isArray)
    }
  }
}

extension Definitions {
  /// The names of the programs, in the order in which they were defined.
  package var programNames: [String] {
    order.filter { if case .program? = entries[$0] { true } else { false } }
  }

  /// All names, in the order in which they were defined.
  package var names: [String] { order }

  /// The text of a program or a procedure; nil when there is none of that name.
  package func text(of name: String) -> String? {
    switch entries[name] {
    case .program(let program)?: program.routine.text
    default: procedure(name)?.text
    }
  }

  /// Whether a name is that of a procedure.
  package func isProcedure(_ name: String) -> Bool { procedure(name) != nil }

  /// A program from which tasks can be made; nil when there is none of that name.
  package func program(_ name: String) -> Program? {
    guard case .program(let program)? = entries[name] else { return nil }
    let code = program.code
    let make: Program.Maker = { (arguments) throws(ProgramArgumentError) in
      var values: [Int] = []
      for (index, parameter) in code.parameters.enumerated() {
        values.append(
          parameter.isTruth
            ? try arguments.word(index, of: ["true", "false"]) == "true" ? 1 : 0
            : try arguments.integer(index, in: Int.min...Int.max)
        )
      }
      return .machine(InterpretedTask(code, arguments: values))
    }
    let lines = program.routine.text.split(separator: "\n").count
    return Program(
      name,
      "typed here, \(counted(lines, "line"))",
      parameters: code.parameters.map {
        Program.Parameter($0.name, $0.isTruth ? "true or false" : "a whole number")
      },
      lesson: "`program \(name)` shows its text.",
      machine: make,
      make: make
    )
  }
}
