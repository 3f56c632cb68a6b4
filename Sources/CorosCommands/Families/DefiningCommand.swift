import CorosLanguage
import CorosSession
import CorosShell

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
      let definitions = try Definition.parse(text)
      return Definiendum(
        names: definitions.flatMap(\.names),
        notes: shell.session.remarks(on: definitions).map { Note($0, in: text) }
      )
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
  /// What is suspicious about them, though right.
  var notes: [Note] = []

  static let fields: [ResultField<Self>] = [
    .texts("names", "the names that are defined now", \.names)
  ]

  func text(in look: Look) -> String { "" }
}

/// The same of what can be right and yet suspicious.
struct NotedDefiniendum: CommandResult, ResultObject {
  let definiendum: Definiendum

  static let fields: [ResultField<Self>] = [
    .texts("names", "the names that are defined now", \.definiendum.names),
    .objects("notes", "what is suspicious about them, though right", \.definiendum.notes),
  ]

  func text(in look: Look) -> String {
    definiendum.notes.map { $0.text(in: look) }.joined()
  }
}

/// Something suspicious, and where it is in the text of a definition.
struct Note: ResultObject {
  let line: Int
  let message: String
  let hint: String

  init(_ remark: ProgramError, in text: String) {
    line = 1 + text.utf8.prefix(remark.range.lowerBound).count { $0 == UInt8(ascii: "\n") }
    message = remark.message
    hint = remark.hint
  }

  static let fields: [ResultField<Self>] = [
    .number("line", "the line of the definition", \.line),
    .text("note", "what is suspicious", \.message),
    .text("hint", "the way out; may be empty", \.hint),
  ]

  func text(in look: Look) -> String {
    let hint = hint.isEmpty ? "" : "; \(hint)"
    return look.style.paint("note: line \(line): ", .waiting) + message + hint + "\n"
  }
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
