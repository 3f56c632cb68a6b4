import CorosKernel

/// Lists the programs.
enum Programs: ShellCommand {
  static let manual = Manual(
    name: "programs",
    summary: "list the programs, or tell about one",
    usage: "programs [NAME]",
    group: .tasks,
    details: "With a name, its arguments and what one learns by stepping it.",
    example: "programs family",
    seeAlso: ["spawn"],
    completion: [.program, .nothing]
  )

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    try invocation.require(0...1, manual)
    guard let name = invocation.arguments.first else { return list(shell) }
    guard let program = shell.catalogue[name.text] else {
      let names = shell.catalogue.programs.map(\.name)
      throw CommandFailure(
        "there is no program '\(excerpt(of: name.text))'",
        at: name.range,
        hint: Suggestion.question(for: name.text, among: names) ?? "`programs` lists them"
      )
    }
    shell.report(["command": "programs", "programs": [json(program)]]) { page(program, shell) }
  }

  private static func list(_ shell: Shell) {
    let programs = shell.catalogue.programs
    shell.report(["command": "programs", "programs": .array(programs.map(json))]) {
      let width = programs.map(\.usage.count).max() ?? 0
      return programs.map { program in
        let padding = String(repeating: " ", count: width - program.usage.count + 2)
        return "  " + shell.style.paint(program.usage, .name) + padding + program.summary + "\n"
      }.joined() + "`programs NAME` tells more; `spawn NAME` makes a task of one\n"
    }
  }

  private static func page(_ program: Program, _ shell: Shell) -> String {
    var text = shell.style.paint(program.usage, .name) + "\n  \(program.summary)\n"
    for parameter in program.parameters {
      let standard = parameter.standard.map { ", \($0) unless you say otherwise" } ?? ""
      text += "  \(parameter.name): \(parameter.summary)\(standard)\n"
    }
    return text + TextFlow.wrapped(program.lesson, width: shell.host.width, indent: "  ")
  }

  private static func json(_ program: Program) -> JSON {
    [
      "name": .string(program.name), "usage": .string(program.usage),
      "summary": .string(program.summary), "lesson": .string(program.lesson),
    ]
  }
}
