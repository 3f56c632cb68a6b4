import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Prints its words.
  enum Echo: SimpleCommand {
    static let manual = Manual(
      name: "echo",
      summary: "print words",
      usage: "echo [WORD ...]",
      group: .shell,
      details: """
        Prints the words with a space between them, after $ is replaced: $name is a value from `set`, $! is \
        the last task spawned, and $? is the status of the last command.
        """,
      example: "echo the last task is $!",
      seeAlso: ["set", "assert"],
      completion: [.nothing]
    )

    /// It only tells something.
    static func access(hasWords: Bool) -> GuestAccess { .present }

    static let reference = Reference(demonstration: ["echo both have ended"])

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      var words = invocation.arguments.first?.text ?? ""
      for word in invocation.arguments.dropFirst() {
        words += " "
        words += word.text
      }
      return Result(words: words)
    }

    struct Result: CommandResult, ResultObject {
      let words: String

      static let fields: [ResultField<Self>] = [.text("text", "the words", \.words)]

      func text(in look: Look) -> String { words + "\n" }
    }
  }
}
