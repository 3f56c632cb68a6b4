import ArgumentParser
import CorosShell
import CorosTerminal

/// What the command line asks for.
struct Options: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coros",
    abstract: "A mini operating system that you type at.",
    usage: """
      coros [OPTION ...]                          a prompt, or the commands of standard input
      coros [OPTION ...] FILE [ARG ...]           a script; $1, $2, ... are its arguments
      coros [OPTION ...] -c COMMANDS [ARG ...]    commands
      """,
    discussion: """
      Exit status: 0; 1 when a command failed; 2 when the command line or the syntax was wrong; 130 \
      when interrupted. Once inside, `help` explains the commands.
      """,
    version: "coros 0.1.0"
  )

  @Option(
    name: .customShort("c"),
    parsing: .unconditional,
    help: ArgumentHelp("Run these commands.", valueName: "COMMANDS")
  )
  var commands: String?

  @Option(
    help: ArgumentHelp("Who runs next.", valueName: "NAME[:KEY=VALUE,...]"),
    transform: PolicyChoice.init(option:)
  )
  var policy = PolicyChoice.standard

  @Option(help: ArgumentHelp("Where the random numbers begin.", valueName: "N"))
  var seed: UInt64 = 0

  @Flag(help: "One JSON object a line, instead of text.")
  var json = false

  @Flag(help: "Show each command before it runs.")
  var echo = false

  @Flag(help: "Go on after a command that fails.")
  var keepGoing = false

  @Flag(help: "Let no command read or write a file.")
  var sandbox = false

  @Flag(help: "Bring the last session at a prompt back.")
  var resume = false

  @Option(help: ArgumentHelp("When to colour: auto, always or never.", valueName: "WHEN"))
  var color = TerminalInfo.ColorChoice.auto

  @ArgumentParser.Argument(
    help: ArgumentHelp("A script and its arguments; - is standard input.", valueName: "FILE")
  )
  var operands: [String] = []

  /// Reads the words of a command line, without the program's name.
  ///
  /// Options come first: whatever follows the script's name is the script's, so there the parser is told
  /// to stop.
  static func parse(commandLine words: [String]) throws -> Options {
    let valued = ["-c", "--policy", "--seed", "--color"]
    var index = words.startIndex
    while index < words.endIndex, words[index].hasPrefix("-"), words[index] != "-" {
      if words[index] == "--" { return try parse(words) }
      index += valued.contains(words[index]) ? 2 : 1
    }
    let operands = index < words.endIndex ? ["--"] + words[index...] : []
    return try parse(words.prefix(index) + operands)
  }

  /// How the session is to behave, as far as the command line says.
  var settings: Settings {
    var settings = Settings()
    settings.isJSON = json
    settings.echoes = echo
    settings.keepsGoing = keepGoing
    settings.isSandboxed = sandbox
    settings.policy = policy
    settings.seed = seed
    return settings
  }
}

extension TerminalInfo.ColorChoice: ExpressibleByArgument {}

extension PolicyChoice {
  fileprivate init(option: String) throws {
    do throws(PolicyError) {
      self = try PolicyChoice.parse(option: option)
    } catch {
      throw ValidationError("\(error.message); \(error.hint)")
    }
  }
}
