import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Explains the commands.
  enum Help: SimpleCommand {
    static let manual = Manual(
      name: "help",
      summary: "explain the commands, or one of them",
      usage: "help [COMMAND]",
      group: .shell,
      details: "Without a command, the overview for a start.",
      example: "help step",
      seeAlso: ["programs"],
      completion: [.command, .nothing]
    )

    static let reference = Reference(demonstration: ["help pick"])

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 1, manual)
      guard let name = invocation.arguments.first else {
        return Result(commands: shell.commands.entries.map { HelpPage($0) }, isOverview: true)
      }
      guard let command = shell.commands.command(named: name.text) else {
        let hint =
          if shell.catalogue[name.text] != nil {
            "it is a program: `programs \(name.text)` explains it"
          } else if PolicyWords([name]) != nil {
            "it is a policy: `help policy` explains it"
          } else {
            shell.commands.hint(for: name.text)
          }
        throw CommandFailure(
          shell.commands.refusal(of: name.text),
          at: name.range,
          hint: hint
        )
      }
      return Result(commands: [HelpPage(command)], isOverview: false)
    }

    struct Result: CommandResult, ResultObject {
      let commands: [HelpPage]
      let isOverview: Bool

      static let fields: [ResultField<Self>] = [
        .objects("commands", "all commands, or the named one", \.commands)
      ]

      func text(in look: Look) -> String {
        isOverview ? overview(look) : commands.map { $0.text(in: look) }.joined(separator: "\n")
      }

      private func overview(_ look: Look) -> String {
        let manuals = commands.map(\.manual)
        let style = look.style
        var text = """
          Coros is a small operating system that you type at. Programs become tasks, and
          tasks take turns on one CPU, a tick at a time. Between two ticks the machine
          stands still, and you can look around.

            \(style.paint("spawn family", .name))  make a task of a program     \(style.paint("ps", .name))         who is there
            \(style.paint("step", .name))          run one tick, and see why    \(style.paint("queue", .name))      who runs next
            \(style.paint("run", .name))           run to the end               \(style.paint("help step", .name))  more on a command


          """
        let titleWidth = manuals.map(\.briefUsage.count).max() ?? 0
        for group in Manual.Group.allCases {
          text += style.paint(group.rawValue, .heading) + "\n"
          text += TextFlow.glossary(
            manuals.filter { $0.group == group }.map { ($0.briefUsage, $0.summary) },
            titleWidth: titleWidth,
            width: look.width,
            paint: { style.paint($0, .name) }
          )
        }
        return text + """

          One line can hold several commands: `a; b` runs both, `a && b` runs b if a
          succeeds, and `a || b` if it fails. $! is the last task spawned. Tab completes,
          Ctrl-C stops a run, Ctrl-D leaves.
          """
      }
    }
  }
}
