import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Defines a procedure, or shows one.
  enum Procedure: DefiningCommand, SimpleCommand {
    static let manual = Manual(
      name: "procedure",
      summary: "define a part of programs, or show one",
      usage: "procedure NAME [(PLACE, ...)] { ... }",
      group: .programs,
      details: """
        A procedure becomes part of each program that calls it, as in take(x). Its parameters are places, such as a \
        shared name, an element of an array, or a mutex: what the procedure does to them, it does to these. So a \
        lock can be written in the language, and exchanged for another: see `use`.
        """,
      example: "procedure take(l) { when l == 0 { l = 1 } }",
      seeAlso: ["program", "use"],
      completion: [.typed]
    )

    static let reference = Reference(
      demonstration: ["procedure take(l) { when l == 0 { l = 1 } }", "procedure take"]
    )

    typealias Result = EitherResult<NotedDefiniendum, RoutineText>

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      if let text = try text(invocation, of: .procedure, in: shell) { return .second(text) }
      return .first(NotedDefiniendum(definiendum: try define(invocation, in: shell)))
    }
  }
}

/// Whether a text is that of a program or a procedure.
enum RoutineKind: String {
  case program, procedure
}

/// The text of a program or a procedure.
struct RoutineText: CommandResult, ResultObject {
  let name: String
  let source: String

  static let occasion = "With a name alone:"
  static let fields: [ResultField<Self>] = [
    .text("name", "its name", \.name), .text("text", "its text", \.source),
  ]

  func text(in look: Look) -> String { source }
}

extension DefiningCommand {
  /// The text of the program or procedure that the command names, if it does no more than that.
  static func text(
    _ invocation: Invocation,
    of kind: RoutineKind,
    in shell: Shell
  ) throws(CommandFailure) -> RoutineText? {
    guard let argument = invocation.arguments.first,
      argument.text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x28 && $0 != 0x7B })
    else { return nil }
    if let text = shell.session.text(of: argument.text, isProcedure: kind == .procedure) {
      return RoutineText(name: argument.text, source: text)
    }
    let names = shell.session.routineNames(areProcedures: kind == .procedure)
    throw CommandFailure(
      "there is no \(kind.rawValue) '\(excerpt(of: argument.text))' among those typed",
      at: argument.range,
      hint: Suggestion.question(for: argument.text, among: names)
        ?? "define one: `\(manual.example)`"
    )
  }
}
