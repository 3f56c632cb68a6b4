package import CorosLanguage

/// A command of an app that serves a shell into its own machine: a value, where those of the shell are types.
package struct AppCommand {
  /// The word that is typed.
  package let name: String
  /// How to type it.
  package let usage: String
  /// One line, without a full stop.
  package let summary: String
  /// Whether it only shows something, so that those who watch may give it, too.
  package let isLooking: Bool
  /// Runs it with the words behind its name, and returns what it says.
  package let run: ([String]) throws -> String

  /// Describes a command.
  package init(
    name: String,
    usage: String,
    summary: String,
    isLooking: Bool,
    run: @escaping ([String]) throws -> String
  ) {
    self.name = name
    self.usage = usage
    self.summary = summary
    self.isLooking = isLooking
    self.run = run
  }
}

extension Shell {
  /// Runs a command of the app, and prints what it says.
  package func run(_ command: AppCommand, _ words: [Argument]) throws(CommandFailure) {
    let text: String
    do {
      text = try command.run(words.dropFirst().map(\.text))
    } catch {
      throw CommandFailure("\(error)", at: words[0].range, hint: "usage: \(command.usage)")
    }
    report(
      ["command": .string(command.name), "text": .string(text)],
      text: { text.isEmpty || text.hasSuffix("\n") ? text : text + "\n" }
    )
  }
}
