import CorosFiles
import CorosInsight
import CorosLanguage
import CorosSession

extension Commands {
  /// Gives a name a value.
  enum Set: PrintingCommand {
    static let manual = Manual(
      name: "set",
      summary: "give a name a value, for $name",
      usage: "set [NAME VALUE]",
      group: .shell,
      details: """
        A name is letters, digits and _, and does not begin with a digit. Without arguments, lists the \
        names there are, as one would type them.
        """,
      example: "set worker $!",
      seeAlso: ["echo"],
      completion: [.nothing]
    )

    static let reference = Reference(
      results: [
        ResultLine(
          "With a NAME:",
          [.init("name", .text, "the name"), .init("value", .text, "its value")]
        ),
        ResultLine(
          "Without:",
          [.init("variables", .dictionary(.text), "the values by their names")]
        ),
      ],
      demonstration: ["set n 3", "set"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 2, manual)
      guard let name = invocation.arguments.first else { return list(shell) }
      guard isName(name.text) else {
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
      let value = invocation.arguments[1].text
      shell.variables.named[name.text] = value
      shell.report(["command": "set", "name": .string(name.text), "value": .string(value)]) { "" }
    }

    private static func list(_ shell: Shell) {
      let names = shell.variables.names
      let values = names.map { ($0, shell.variables.named[$0] ?? "") }
      shell.report([
        "command": "set", "variables": .object(values.map { ($0, JSON.string($1)) }),
      ]) {
        if values.isEmpty { return "no names; `set NAME VALUE` makes one" }
        return values.map { "set \($0) \(quoted($1))\n" }.joined()
      }
    }

    private static func isName(_ text: String) -> Bool {
      guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
      return text.utf8.allSatisfy {
        switch $0 {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
        default: false
        }
      }
    }
  }
}
