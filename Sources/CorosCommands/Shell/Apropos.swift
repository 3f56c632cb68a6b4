import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Searches the help.
  enum Apropos: SimpleCommand {
    static let manual = Manual(
      name: "apropos",
      summary: "find commands, programs and topics by a word",
      usage: "apropos WORD",
      group: .shell,
      details: """
        Searches the names and the descriptions of commands, topics, policies and programs for the word, in capitals or \
        not. What has it in its name or summary comes first.
        """,
      example: "apropos deadlock",
      seeAlso: ["help", "programs"],
      completion: [.nothing]
    )

    static let isLooking = true

    /// It only tells something.
    static func access(hasWords: Bool) -> GuestAccess { .present }

    static let reference = Reference(demonstration: ["apropos history"])

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      guard !invocation.arguments.isEmpty else {
        throw CommandFailure(
          "apropos needs a word",
          at: invocation.name.range,
          hint: "as in `\(manual.example)`"
        )
      }
      let word = invocation.arguments.map(\.text).joined(separator: " ").lowercased()
      var found: [(rank: Int, entry: Entry)] = []
      func look(_ command: String, _ summary: String, _ details: String) {
        let isNear = command.lowercased().contains(word) || summary.lowercased().contains(word)
        guard isNear || details.lowercased().contains(word) else { return }
        found.append((isNear ? 0 : 1, Entry(command: command, summary: summary)))
      }
      for manual in shell.commands.entries.map({ $0.manual }) {
        look("help \(manual.name)", manual.summary, manual.details)
      }
      for topic in HelpTopic.all { look("help \(topic.name)", topic.summary, topic.text) }
      for policy in KnownPolicy.all {
        let names = ([policy.name] + policy.aliases).joined(separator: " ")
        look("policy \(policy.name)", policy.summary, names)
      }
      for program in shell.catalogue.programs {
        look("programs \(program.name)", program.summary, program.lesson)
      }
      let sorted = found.enumerated().sorted {
        ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
      }
      return Result(word: word, entries: sorted.map(\.element.entry))
    }

    struct Result: CommandResult, ResultObject {
      let word: String
      let entries: [Entry]

      static let fields: [ResultField<Self>] = [
        .objects("entries", "what was found, the nearest first", \.entries)
      ]

      func text(in look: Look) -> String {
        if entries.isEmpty {
          let hint = CommandAliases.meaning(of: word) ?? "`help` shows all commands"
          return "nothing is about '\(excerpt(of: word))'; \(hint)"
        }
        return TextFlow.glossary(
          entries.map { ($0.command, $0.summary) },
          titleWidth: entries.map(\.command.count).max() ?? 0,
          width: look.width,
          paint: { look.style.paint($0, .name) }
        )
      }
    }

    struct Entry: ResultObject {
      let command: String
      let summary: String

      static let fields: [ResultField<Self>] = [
        .text("command", "what to type to read more", \.command),
        .text("summary", "what it is about", \.summary),
      ]
    }
  }
}
