import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Runs commands for each of some words.
  enum For: ShellCommand {
    static let manual = Manual(
      name: "for",
      summary: "run commands for each of some words",
      usage: "for NAME in WORD ... { COMMANDS }",
      group: .scripting,
      details: """
        Runs the commands once for each word, with $NAME as that word. A word such as 1..5 stands for the numbers from \
        1 to 5.
        """,
      example: "for n in 1 2 3 { spawn count $n }",
      seeAlso: ["repeat", "while", "set"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["for n in 2..3 { spawn count $n }"])

    static let takesExpressions = true

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<NoResult>
    ) throws(CommandFailure) {
      let block = try shell.block(invocation, manual)
      let words = try shell.words(block.head, of: invocation.line)
      guard words.count >= 2, words[1].isBare("in") else {
        throw CommandFailure(
          "for needs a name, `in`, and words",
          at: words.first?.range ?? invocation.name.range,
          hint: "as in `\(manual.example)`"
        )
      }
      guard Variables.isName(words[0].text) else {
        throw CommandFailure(
          "'\(excerpt(of: words[0].text))' cannot be the name of a variable",
          at: words[0].range,
          hint: "a name is made of letters, digits and _, and does not begin with a digit"
        )
      }
      let commands = try shell.commands(block.body, of: invocation.line)
      for word in words.dropFirst(2) {
        for value in values(of: word) {
          if shell.isInterrupted { throw shell.interruption }
          guard shell.variables.set(words[0].text, to: value) else {
            throw CommandFailure("the variables would take too much memory", at: word.range)
          }
          guard try shell.run(commands, in: invocation.line) else { return }
        }
      }
    }

    /// The values of a word: itself, or all numbers of a range.
    private static func values(of word: Argument) -> AnySequence<String> {
      guard word.origin == nil, let dots = word.text.firstRange(of: ".."),
        let first = Int(word.text[..<dots.lowerBound]),
        let last = Int(word.text[dots.upperBound...]), first <= last
      else { return AnySequence([word.text]) }
      return AnySequence((first...last).lazy.map { String($0) })
    }
  }
}
