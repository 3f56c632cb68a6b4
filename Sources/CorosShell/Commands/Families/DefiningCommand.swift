import CorosLanguage
import CorosSession

/// A command that defines something of the language for programs.
protocol DefiningCommand: ShellCommand {}

extension DefiningCommand {
  /// Hands the definition to the session.
  ///
  /// - Returns: The names that it defines.
  static func define(
    _ invocation: Invocation,
    in shell: Shell
  ) throws(CommandFailure) -> Definiendum {
    guard let last = invocation.arguments.last else {
      throw CommandFailure(
        "\(manual.name) needs to know what to define",
        at: invocation.name.range,
        hint: "try `\(manual.example)`"
      )
    }
    let start = invocation.name.range.lowerBound
    let bytes = invocation.line.utf8.prefix(last.range.upperBound).dropFirst(start)
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(ProgramError) {
      try shell.session.define(text)
      return Definiendum(names: try Definition.parse(text).flatMap(\.names))
    } catch {
      let end = error.range.upperBound + start
      throw CommandFailure(
        error.message,
        at: error.range.lowerBound + start..<end,
        hint: error.hint
      )
    }
  }
}

/// A command that only declares objects.
protocol DeclaringCommand: DefiningCommand, SimpleCommand where Result == Definiendum {}

extension DeclaringCommand {
  static func run(
    _ invocation: Invocation,
    in shell: Shell
  ) throws(CommandFailure) -> Definiendum {
    try define(invocation, in: shell)
  }
}

/// What has been defined.
struct Definiendum: CommandResult, ResultObject {
  let names: [String]

  static let fields: [ResultField<Self>] = [
    .texts("names", "the names that are defined now", \.names)
  ]

  func text(in look: Look) -> String { "" }
}

extension Definition {
  /// Whether it is a program or a procedure.
  var isRoutine: Bool {
    switch self {
    case .program, .procedure: true
    default: false
    }
  }

  /// The names that it defines.
  var names: [String] {
    switch self {
    case .shared(let all): all.map(\.name.text)
    case .objects(let all): all.map(\.name.text)
    case .program(let routine), .procedure(let routine): [routine.name.text]
    case .use(let name, _): [name.text]
    case .check: []
    }
  }
}

/// A command for conditions that must hold.
protocol CheckingCommand: DefiningCommand, SimpleCommand where Result == CheckList {
  /// Whether the conditions are looked at when a run ends, and not after each step.
  static var isFinal: Bool { get }
}

extension CheckingCommand {
  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> CheckList {
    if !invocation.arguments.isEmpty { _ = try define(invocation, in: shell) }
    let checks = shell.session.checks(areFinal: isFinal)
    return CheckList(word: manual.name, checks: checks, isAsked: invocation.arguments.isEmpty)
  }
}

/// The conditions that must hold.
struct CheckList: CommandResult, ResultObject {
  let word: String
  let checks: [String]
  /// Whether the person wants to see them.
  let isAsked: Bool

  static let fields: [ResultField<Self>] = [
    .texts("checks", "all conditions of this kind that must hold now", \.checks)
  ]

  func text(in look: Look) -> String {
    if !isAsked { return "" }
    return checks.isEmpty
      ? "nothing is checked" : checks.map { "\(word) \(look.style.paint($0, .name))\n" }.joined()
  }
}
