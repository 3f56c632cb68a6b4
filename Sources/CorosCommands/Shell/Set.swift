import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Sets a variable.
  enum Set: SimpleCommand {
    static let manual = Manual(
      name: "set",
      summary: "give a name a value, for $name; or choose the prompt, colours ...",
      usage: "set [NAME VALUE]",
      group: .shell,
      details: """
        A name consists of letters, digits and _, and does not begin with a digit. Without arguments, `set` \
        lists the names as you would type them.

        Some names are settings of the shell, such as prompt, theme and pager: `help preferences` lists them. What you \
        choose for them at the prompt stays for the next session; '' is the first value again.
        """,
      example: "set worker $!",
      seeAlso: ["echo"],
      completion: [.preferenceName, .preference]
    )

    /// Without words it only tells something.
    static func access(hasWords: Bool) -> GuestAccess { hasWords ? .changing : .present }

    static let reference = Reference(
      demonstration: ["set n 3", "set"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 2, manual)
      guard let name = invocation.arguments.first else {
        let variables = shell.variables
        return .second(
          List(variables: variables.names.map { ($0, variables.named[$0] ?? "") })
        )
      }
      guard Variables.isName(name.text) else {
        throw CommandFailure(
          "'\(excerpt(of: name.text))' is not a name",
          at: name.range,
          hint: "letters, digits and _, not beginning with a digit"
        )
      }
      guard invocation.arguments.count == 2 else {
        throw CommandFailure(
          "set \(excerpt(of: name.text)) needs a value",
          at: name.range,
          hint: "for an empty one: set \(excerpt(of: name.text)) ''"
        )
      }
      if let preference = Preference.named(name.text) {
        try shell.choose(preference, invocation.arguments[1])
        return .first(Variable(name: name.text, value: invocation.arguments[1].text))
      }
      let value = invocation.arguments[1].text
      guard shell.variables.set(name.text, to: value) else {
        throw CommandFailure(
          "the values would have more than \(Variables.mostBytes) bytes together",
          at: invocation.arguments[1].range,
          hint: "an empty value takes no room: set \(excerpt(of: name.text)) ''"
        )
      }
      return .first(Variable(name: name.text, value: value))
    }

    typealias Result = EitherResult<Variable, List>

    /// A variable that was set.
    struct Variable: CommandResult, ResultObject {
      let name: String
      let value: String

      static let occasion = "With a NAME:"
      static let fields: [ResultField<Self>] = [
        .text("name", "the name", \.name), .text("value", "its value", \.value),
      ]

      func text(in look: Look) -> String { "" }
    }

    /// All variables and their values.
    struct List: CommandResult, ResultObject {
      let variables: [(name: String, value: String)]

      static let occasion = "Without:"
      static let fields: [ResultField<Self>] = [
        ResultField("variables", .dictionary(.text), "the values by name") {
          .object($0.variables.map { ($0.name, .string($0.value)) })
        }
      ]

      func text(in look: Look) -> String {
        variables.isEmpty
          ? "no names; `set NAME VALUE` makes one"
          : variables.map { "set \($0.name) \(quoted($0.value))\n" }.joined()
      }
    }
  }
}
