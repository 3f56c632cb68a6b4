import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Lists the programs.
  enum Programs: SimpleCommand {
    static let manual = Manual(
      name: "programs",
      summary: "list the programs, or explain one",
      usage: "programs [NAME]",
      group: .tasks,
      details: "With a name: its arguments, and what you learn by stepping it.",
      example: "programs family",
      seeAlso: ["spawn"],
      completion: [.program, .nothing]
    )

    static let isLooking = true

    /// It only tells something.
    static func access(hasWords: Bool) -> GuestAccess { .present }

    static let reference = Reference(demonstration: ["programs count"])

    enum Result: CommandResult, ResultObject {
      case all([CorosKernel.Program])
      case one(CorosKernel.Program)

      private var programs: [CorosKernel.Program] {
        switch self {
        case .all(let programs): programs
        case .one(let program): [program]
        }
      }

      static let fields: [ResultField<Self>] = [
        .objects("programs", "all programs, or the named one") {
          $0.programs.map { Entry(program: $0) }
        }
      ]

      func text(in look: Look) -> String {
        switch self {
        case .all(let programs): Self.list(programs, look)
        case .one(let program): Self.page(program, look)
        }
      }
    }

    private struct Entry: ResultObject {
      let program: CorosKernel.Program

      static let fields: [ResultField<Self>] = [
        .text("name", "its name") { $0.program.name },
        .text("usage", "how to type it") { $0.program.usage },
        .text("summary", "what it does") { $0.program.summary },
        .texts("forms", "the forms in which it is written: `async`, `machine`, or both") {
          $0.program.forms.map(\.rawValue)
        },
        .objects("parameters", "its arguments") {
          $0.program.parameters.map { Parameter(parameter: $0) }
        },
        .text("lesson", "what you learn by stepping it") { $0.program.lesson },
      ]
    }

    private struct Parameter: ResultObject {
      let parameter: CorosKernel.Program.Parameter

      static let fields: [ResultField<Self>] = [
        .text("name", "its name") { $0.parameter.name },
        .text("summary", "what it is for") { $0.parameter.summary },
        .textOrNull("standard", "its default, or null if it is required") {
          $0.parameter.standard
        },
      ]
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 1, manual)
      guard let name = invocation.arguments.first else { return .all(shell.catalogue.programs) }
      guard let program = shell.catalogue[name.text] else { throw shell.noProgram(name) }
      return .one(program)
    }
  }
}

extension Commands.Programs.Result {
  private static func list(_ programs: [CorosKernel.Program], _ look: Look) -> String {
    TextFlow.glossary(
      programs.map { ($0.usage, $0.summary) },
      titleWidth: programs.map(\.usage.count).max() ?? 0,
      width: look.width,
      paint: { look.style.paint($0, .name) }
    ) + "`programs NAME` explains one; `spawn NAME` makes a task of one\n"
  }

  private static func page(_ program: CorosKernel.Program, _ look: Look) -> String {
    var text = look.style.paint(program.usage, .name) + "\n  \(program.summary)\n\n"
    let parameters = program.parameters.map { parameter in
      let standard = parameter.standard.map { "; default: \($0)" } ?? ""
      return (title: parameter.name, text: parameter.summary + standard)
    }
    if !parameters.isEmpty {
      text += TextFlow.glossary(
        parameters,
        titleWidth: parameters.map(\.title.count).max() ?? 0,
        width: look.width,
        paint: { look.style.paint($0, .heading) }
      )
      text += "\n"
    }
    text += TextFlow.wrapped(program.lesson, width: look.width, indent: "  ")
    if program.forms.contains(.machine) {
      text += "\n  Also written as a state machine: `spawn -m \(program.name)`.\n"
    }
    return text
  }
}
