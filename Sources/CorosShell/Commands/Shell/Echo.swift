import CorosFiles
import CorosLanguage
import CorosSession

extension Commands {
  /// Prints its words.
  enum Echo: PrintingCommand {
    static let manual = Manual(
      name: "echo",
      summary: "print words",
      usage: "echo [WORD ...]",
      group: .shell,
      details: """
        The words are printed with a space between them, after $ has been expanded: $name is what `set` \
        gave it, $! the last task spawned, $? the status of the last command.
        """,
      example: "echo the last task is $!",
      seeAlso: ["set", "assert"],
      completion: [.nothing]
    )

    static let reference = Reference(
      results: [ResultLine([.init("text", .text, "the words")])],
      demonstration: ["echo both have ended"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      let text =
        invocation.arguments.count == 1
        ? invocation.arguments[0].text : invocation.arguments.map(\.text).joined(separator: " ")
      if shell.settings.isJSON {
        shell.output.writeLine(["command": "echo", "text": .string(text)])
      } else {
        shell.output.writeLine(text)
      }
    }
  }
}
