import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Explains the commands.
  enum Help: SimpleCommand {
    static let manual = Manual(
      name: "help",
      summary: "explain the commands, one of them, or a topic",
      usage: "help [COMMAND | GROUP | TOPIC]",
      group: .shell,
      details: """
        Without a word, the overview for a start. A group is one of the words at the left of it: `help running` lists \
        its commands. The topics are \(HelpTopic.all.map(\.name).joined(separator: ", ")). `apropos WORD` searches \
        all of it.
        """,
      example: "help step",
      seeAlso: ["apropos", "programs"],
      completion: [.command, .nothing]
    )

    static let isLooking = true

    /// It only tells something.
    static func access(hasWords: Bool) -> GuestAccess { .present }

    static let reference = Reference(demonstration: ["help pick", "help learning"])

    typealias Result = EitherResult<Pages, HelpTopic>

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 1, manual)
      let all = shell.commands.entries
      guard let name = invocation.arguments.first else {
        let app = shell.appCommands.values.sorted { $0.name < $1.name }
        return .first(Pages(commands: all.map { HelpPage($0) }, form: .overview, app: app))
      }
      if let command = shell.appCommands[name.text] {
        return .second(HelpTopic(about: command))
      }
      if let command = shell.commands.command(exactly: name.text) {
        return .first(Pages(commands: [HelpPage(command)], form: .page))
      }
      if let topic = HelpTopic.named(name.text) { return .second(topic) }
      if let group = Manual.Group.allCases.first(where: { $0.word == name.text }) {
        let commands = all.filter { $0.manual.group == group }
        return .first(Pages(commands: commands.map { HelpPage($0) }, form: .group(group)))
      }
      guard let command = shell.commands.command(named: name.text) else {
        throw unknown(name, in: shell)
      }
      return .first(Pages(commands: [HelpPage(command)], form: .page))
    }

    private static func unknown(_ name: Argument, in shell: Shell) -> CommandFailure {
      let hint =
        if shell.catalogue[name.text] != nil {
          "it is a program: `programs \(name.text)` explains it"
        } else if PolicyWords([name]) != nil {
          "it is a policy: `help policy` explains it"
        } else {
          shell.commands.hint(for: name.text)
        }
      return CommandFailure(shell.commands.refusal(of: name.text), at: name.range, hint: hint)
    }

    /// Pages about commands.
    struct Pages: CommandResult, ResultObject {
      /// How they are shown to a person.
      enum Form {
        case overview, page
        case group(Manual.Group)
      }

      let commands: [HelpPage]
      let form: Form
      /// The commands of the app that serves the shell.
      var app: [AppCommand] = []

      static let fields: [ResultField<Self>] = [
        .objects("commands", "all commands, or those that were asked for", \.commands)
      ]

      func text(in look: Look) -> String {
        switch form {
        case .overview: overview(look)
        case .page: commands.map { $0.text(in: look) }.joined(separator: "\n")
        case .group(let group): list(group, look)
        }
      }

      /// One line for each command of a group.
      private func list(_ group: Manual.Group, _ look: Look) -> String {
        look.style.paint(group.rawValue, .heading) + "\n"
          + TextFlow.glossary(
            commands.map { ($0.manual.briefUsage, $0.manual.summary) },
            titleWidth: commands.map(\.manual.briefUsage.count).max() ?? 0,
            width: look.width,
            paint: { look.style.paint($0, .name) }
          )
      }

      /// What fits on a screen: how to begin, and where to read on.
      private func overview(_ look: Look) -> String {
        let style = look.style
        let manuals = commands.map(\.manual)
        let width = Manual.Group.allCases.map(\.word.count).max() ?? 0
        func name(_ word: String) -> String { style.paint(word, .name) }
        var text = """
          Programs become tasks, and tasks take turns on one CPU, a tick at a time. Begin
          with \(name("spawn family")), \(name("step")) and Return, \(name("ps")), \(name("queue")), \(name("why")), \(name("back")) to undo, and \(name("run")).


          """
        for group in Manual.Group.allCases {
          let names = manuals.filter { $0.group == group }.map(\.name).joined(separator: " ")
          let indent = String(repeating: " ", count: width + 4)
          let lines = TextFlow.wrapped(names, width: look.width, indent: indent)
          let gap = String(repeating: " ", count: width - group.word.count + 2)
          text += "  " + style.paint(group.word, .heading) + gap + lines.dropFirst(width + 4)
        }
        if !app.isEmpty {
          text += "  " + style.paint("of the app", .heading) + "\n"
          text += TextFlow.glossary(
            app.map { ($0.usage, $0.summary) },
            titleWidth: app.map(\.usage.count).max() ?? 0,
            width: look.width,
            paint: { style.paint($0, .name) }
          )
        }
        let topics = HelpTopic.all.map { "`help \($0.name)`" }.joined(separator: ", ")
        return text
          + TextFlow.wrapped(
            "`help tasks` explains the commands of a line, `help step` one of them, `apropos WORD` finds them. More: "
              + "\(topics). Tab completes, Ctrl-C stops a run, Ctrl-D leaves.",
            width: look.width,
            indent: ""
          )
      }
    }
  }
}
