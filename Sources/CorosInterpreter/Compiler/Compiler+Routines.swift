import CorosKernel
import CorosLanguage
import CorosSync

extension Compiler {
  /// Compiles a program.
  ///
  /// - Returns: Its code, and the names outside it that it uses.
  static func program(
    _ routine: Definitions.RoutineEntry,
    _ definitions: Definitions,
    makeSection: @escaping (String) throws -> Object<CriticalSection>?
  ) throws(ProgramError) -> (code: Code, uses: Set<String>) {
    var compiler = Compiler(definitions, text: routine.text, makeSection: makeSection)
    let syntax = routine.syntax
    compiler.parts.name = syntax.name.text
    for parameter in syntax.parameters {
      let kind = ValueKind()
      _ = try compiler.declare(parameter, kind)
      compiler.parts.parameters.append((parameter.text, kind))
      compiler.ownKinds.append(kind)
    }
    try compiler.block(syntax.body)
    try compiler.emit(.end, at: syntax.body.range.upperBound - 1..<syntax.body.range.upperBound)
    return (Code(compiler.parts), compiler.uses)
  }

  /// Checks a condition on shared names.
  ///
  /// - Returns: The condition as written.
  static func check(
    _ condition: FormulaSyntax,
    _ text: String,
    _ definitions: Definitions
  ) throws(ProgramError) -> String {
    var compiler = Compiler(definitions, text: text) { _ in nil }
    compiler.atomic = "a condition"
    _ = try compiler.condition(condition)
    let asking: Set<Instruction.Operation> = [.askTask, .choose]
    guard !compiler.touched.isEmpty,
      !compiler.parts.instructions.contains(where: { asking.contains($0.operation) })
    else {
      throw ProgramError(
        "a condition to check is about shared names",
        at: condition.range,
        hint: "for example `always n <= 2`"
      )
    }
    return compiler.source(condition.range)
  }

  /// Checks a procedure by itself.
  static func check(
    _ routine: Definitions.RoutineEntry,
    _ definitions: Definitions
  ) throws(ProgramError) {
    var compiler = Compiler(definitions, text: routine.text) { _ in nil }
    let syntax = routine.syntax
    compiler.parts.name = syntax.name.text
    compiler.expanding = [syntax.name.text]
    for parameter in syntax.parameters {
      let use = ParameterUse(parameter.text, compiler.allocate())
      compiler.scopes[0][parameter.text] = .parameter(use)
    }
    try compiler.block(syntax.body)
  }
}
