import CorosShell
import CorosTerminal

/// What the command line asks for.
///
/// Reading it by hand costs some microseconds, where a library that finds out about the options when
/// the program runs costs as much as all the rest of the start.
struct Options {
  /// The commands of `-c`.
  var commands: String?
  /// What is left: a script and its arguments, or with `-c` the arguments alone.
  var operands: [String] = []
  var settings = Settings()
  var color = TerminalInfo.ColorChoice.auto
  /// Set by `--help` and `--version`: only this is to be printed.
  var answer: String?

  static let version = "coros 0.1.0"

  /// Why a command line was refused, and a way out.
  struct Failure: Error {
    var message: String
    var hint = "`coros --help` lists the options"
  }

  /// Reads the words of a command line, without the program's name.
  ///
  /// Options come first: whatever follows the script's name, or `--`, is the script's.
  init(_ words: [String]) throws(Failure) {
    var words = words[...]
    while let word = words.first, word.hasPrefix("-"), word != "-" {
      words.removeFirst()
      if word == "--" { break }
      try read(word, &words)
      if answer != nil { return }
    }
    operands = Array(words)
  }

  // MARK: - Private

  /// An option: how it is typed, what it is for, and what it does.
  private struct Option: Sendable {
    var names: [String]
    /// What its value is called; nil when it has none.
    var value: String?
    var help: String
    var apply: @Sendable (inout Options, String) throws(Failure) -> Void

    init(
      _ names: String...,
      value: String? = nil,
      help: String,
      apply: @escaping @Sendable (inout Options, String) throws(Failure) -> Void
    ) {
      self.names = names
      self.value = value
      self.help = help
      self.apply = apply
    }

    var usage: String { names.joined(separator: ", ") + (value.map { " " + $0 } ?? "") }
  }

  private static let all = [
    Option("-c", value: "COMMANDS", help: "run these commands") { $0.commands = $1 },
    Option("--policy", value: "NAME[:KEY=VALUE,...]", help: "who runs next; rr unless given") {
      options,
      text throws(Failure) in
      do throws(PolicyError) {
        options.settings.policy = try PolicyChoice.parse(option: text)
      } catch {
        throw Failure(message: error.message, hint: error.hint)
      }
    },
    Option("--seed", value: "N", help: "where the random numbers begin; 0 unless given") {
      options,
      text throws(Failure) in
      guard let seed = UInt64(text) else {
        throw Failure(
          message: "a seed is a whole number from 0 to \(UInt64.max), not '\(text)'",
          hint: "for example --seed 7"
        )
      }
      options.settings.seed = seed
    },
    Option("--json", help: "one JSON object a line, instead of text") { options, _ in
      options.settings.isJSON = true
    },
    Option("--echo", help: "show each command before it runs") { options, _ in
      options.settings.echoes = true
    },
    Option("--keep-going", help: "go on after a command that fails") { options, _ in
      options.settings.keepsGoing = true
    },
    Option("--color", value: "auto|always|never", help: "when to colour; auto unless given") {
      options,
      text throws(Failure) in
      switch text {
      case "auto": options.color = .auto
      case "always": options.color = .always
      case "never": options.color = .never
      default:
        throw Failure(
          message: "there is no '\(text)' for --color",
          hint: "one of auto, always, never"
        )
      }
    },
    Option("--version", help: "tell the version") { options, _ in options.answer = version },
    Option("-h", "--help", help: "tell all this") { options, _ in options.answer = help },
  ]

  /// Takes one option, and its value out of the words after it.
  private mutating func read(_ word: String, _ words: inout ArraySlice<String>) throws(Failure) {
    var name = word
    var value: String?
    if word.hasPrefix("--"), let sign = word.firstIndex(of: "=") {
      name = String(word[..<sign])
      value = String(word[word.index(after: sign)...])
    }
    guard let option = Self.all.first(where: { $0.names.contains(name) }) else {
      throw Self.unknown(name)
    }
    if let wanted = option.value {
      guard let text = value ?? words.popFirst() else {
        throw Failure(
          message: "\(name) needs a value",
          hint: "usage: \(name) \(wanted)"
        )
      }
      return try option.apply(&self, text)
    }
    if value != nil { throw Failure(message: "\(name) takes no value", hint: "usage: \(name)") }
    try option.apply(&self, "")
  }

  private static func unknown(_ name: String) -> Failure {
    var failure = Failure(message: "there is no option '\(name)'")
    if let hint = Suggestion.question(for: name, among: all.flatMap(\.names)) {
      failure.hint = hint
    }
    return failure
  }

  private static var help: String {
    let width = all.map(\.usage.count).max() ?? 0
    let list = all.map { option in
      let padding = String(repeating: " ", count: width - option.usage.count + 2)
      return "  \(option.usage)\(padding)\(option.help)"
    }
    return """
      Coros: a mini operating system that you type at.

        coros [OPTION ...]                        a prompt; without a terminal, the commands of
                                                  standard input
        coros [OPTION ...] FILE [ARG ...]         a script; $1, $2, ... are its arguments, and - is
                                                  standard input
        coros [OPTION ...] -c COMMANDS [ARG ...]  commands

      \(list.joined(separator: "\n"))

      Exit status: 0; 1 when a command failed; 2 when the command line or the syntax was wrong; 130
      when interrupted. Once inside, `help` explains the commands.
      """
  }
}
