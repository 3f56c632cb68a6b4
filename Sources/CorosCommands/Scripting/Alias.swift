import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Gives the beginning of a command a short name.
  enum Alias: SimpleCommand {
    static let manual = Manual(
      name: "alias",
      summary: "give the beginning of a command a short name",
      usage: "alias [NAME [WORD ...]]",
      group: .scripting,
      details: """
        Typed as a command, NAME stands for the words, and what follows it is added to them. `alias NAME` shows one, \
        `alias` all of them; `alias NAME ''` forgets it. For more than one command there is `function`.
        """,
      example: "alias ll ps -a",
      seeAlso: ["function", "set"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["alias ll ps -a", "ll", "alias"])

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      guard let name = invocation.arguments.first else {
        return Result(aliases: shell.routines.aliases.sorted { $0.key < $1.key }.map(Named.init))
      }
      let words = invocation.arguments.dropFirst()
      guard !words.isEmpty else {
        guard let text = shell.routines.aliases[name.text] else {
          throw CommandFailure(
            "there is no alias '\(excerpt(of: name.text))'",
            at: name.range,
            hint: "`alias` lists them"
          )
        }
        return Result(aliases: [Named(name: name.text, text: text)])
      }
      guard shell.commands.command(exactly: name.text) == nil, !name.text.contains("=") else {
        throw CommandFailure(
          name.text.contains("=")
            ? "an alias has a blank behind its name, and no `=`"
            : "'\(excerpt(of: name.text))' is a command already",
          at: name.range,
          hint: "as in `\(manual.example)`"
        )
      }
      // One word may be a whole line, in quotes.
      let text =
        words.count == 1 ? words[1].text : words.map { quoted($0.text) }.joined(separator: " ")
      shell.routines.functions[name.text] = nil
      shell.routines.aliases[name.text] = text.isEmpty ? nil : text
      return Result(aliases: nil)
    }

    struct Result: CommandResult, ResultObject {
      let aliases: [Named]?

      static let fields: [ResultField<Self>] = [
        .sometimes("aliases", .objects(Named.keys), "the aliases, when they are asked for") {
          $0.aliases.map { .array($0.map(\.json)) }
        }
      ]

      func text(in look: Look) -> String {
        guard let aliases else { return "" }
        if aliases.isEmpty { return "no aliases; `alias ll ps -a` makes one" }
        return aliases.map { "\(look.style.paint($0.name, .name)) \($0.text)\n" }.joined()
      }
    }

    struct Named: ResultObject {
      let name: String
      let text: String

      static let fields: [ResultField<Self>] = [
        .text("name", "its name", \.name), .text("text", "what it stands for", \.text),
      ]
    }
  }
}

extension Commands.Alias.Named {
  fileprivate init(_ alias: (key: String, value: String)) {
    self.init(name: alias.key, text: alias.value)
  }
}
