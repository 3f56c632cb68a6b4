import ArgumentParser
import CorosPrograms
import CorosShell
import CorosTerminal

/// The command line: what was asked for, and which way in.
@main
struct Coros: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coros",
    abstract: "A mini operating system that you type at.",
    discussion: """
      Without FILE and -c, commands come from standard input: at a terminal with a prompt and line \
      editing, otherwise as a script. Once inside, `help` explains the commands.

      Exit status: 0; 1 when a command failed; 2 when the command line or the syntax was wrong; 130 \
      when interrupted.
      """,
    version: "coros 0.1.0"
  )

  @Option(
    name: .customShort("c"),
    help: ArgumentHelp("Run these commands.", valueName: "COMMANDS")
  )
  var commands: String?

  @Option(help: ArgumentHelp("Who runs next.", valueName: "NAME[:KEY=VALUE,...]"))
  var policy = "rr"

  @Option(help: ArgumentHelp("Where the random numbers begin.", valueName: "N"))
  var seed: UInt64 = 0

  @Flag(help: "One JSON object a line, instead of text.")
  var json = false

  @Flag(help: "Show each command before it runs.")
  var echo = false

  @Flag(help: "Go on after a command that fails.")
  var keepGoing = false

  @Option(help: ArgumentHelp("When to colour: auto, always or never.", valueName: "WHEN"))
  var color = ColorChoice.auto

  @ArgumentParser.Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("A script, and what $1, $2, ... stand for in it.", valueName: "FILE")
  )
  var script: [String] = []

  enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto
    case always
    case never

    var forTerminal: TerminalInfo.ColorChoice {
      switch self {
      case .auto: .auto
      case .always: .always
      case .never: .never
      }
    }
  }

  static func main() {
    do {
      Process.exit(try parse().session())
    } catch {
      // A wrong command line is status 2 here, whatever the parser would have said.
      let text = fullMessage(for: error)
      if exitCode(for: error).isSuccess {
        Process.write(text + "\n", to: Process.standardOutput)
        Process.exit(0)
      }
      Process.write(text + "\n", to: Process.standardError)
      Process.exit(2)
    }
  }

  /// Runs what was asked for and returns the exit status.
  private func session() throws -> Int {
    let terminal = TerminalInfo.current(color: color.forTerminal)
    let hasScript = commands != nil || !script.isEmpty
    let settings = try settings(terminal, isInteractive: terminal.isInteractive && !hasScript)
    if settings.isInteractive {
      return try InteractiveSession(settings, terminal).run()
    }
    return runScript(settings)
  }

  private func settings(_ terminal: TerminalInfo, isInteractive: Bool) throws -> Settings {
    var settings = Settings()
    settings.isJSON = json
    settings.echoes = echo
    settings.keepsGoing = keepGoing
    settings.isColored = terminal.isColorEnabled
    settings.isInteractive = isInteractive
    settings.seed = seed
    do throws(PolicyError) {
      settings.policy = try PolicyChoice.parse(option: policy)
    } catch {
      throw ValidationError("\(error.message) (\(error.hint))")
    }
    return settings
  }

  private func runScript(_ settings: Settings) -> Int {
    Signals.installForScript()
    let host = ProcessHost()
    let shell = Shell(catalogue: .builtIn, settings: settings, host: host)
    defer { shell.flush() }
    if let commands {
      shell.setArguments(script)
      return shell.runScript(text: commands, name: "-c")
    }
    if let file = script.first {
      do throws(ScriptError) {
        return try shell.runScript(path: file, arguments: Array(script.dropFirst()))
      } catch {
        host.writeError("coros: \(error.message)\n")
        return 2
      }
    }
    return shell.runScript(descriptor: Process.standardInput, name: "standard input")
  }
}
