import CorosPrograms
import CorosShell
import CorosTerminal

/// The command line: what was asked for, and which way in.
@main
enum Coros {
  static func main() {
    do throws(Options.Failure) {
      let options = try Options(Array(CommandLine.arguments.dropFirst()))
      if let answer = options.answer {
        let isWritten = Process.write(answer + "\n", to: Process.standardOutput)
        Process.exit(isWritten ? 0 : 1)
      }
      Process.exit(run(options))
    } catch {
      complain("\(error.message)\n  hint: \(error.hint)")
      Process.exit(2)
    }
  }

  /// Does what was asked for and returns the exit status.
  private static func run(_ options: Options) -> Int {
    let terminal = TerminalInfo.current(color: options.color)
    let hasScript = options.commands != nil || !options.operands.isEmpty
    var settings = options.settings
    settings.isColored = terminal.isColorEnabled
    settings.isInteractive = terminal.isInteractive && !hasScript
    guard settings.isInteractive else { return runScript(options, settings) }
    do {
      return try InteractiveSession(settings, terminal).run()
    } catch {
      complain("\(error)")
      return 1
    }
  }

  private static func runScript(_ options: Options, _ settings: Settings) -> Int {
    Signals.installForScript()
    let shell = Shell(catalogue: .builtIn, settings: settings, host: ProcessHost())
    defer { shell.flush() }
    if let commands = options.commands {
      shell.setArguments(options.operands)
      return shell.runScript(text: commands, name: "-c")
    }
    let arguments = Array(options.operands.dropFirst())
    guard let file = options.operands.first, file != "-" else {
      shell.setArguments(arguments)
      return shell.runScript(descriptor: Process.standardInput, name: "standard input")
    }
    do throws(ScriptError) {
      return try shell.runScript(path: file, arguments: arguments)
    } catch {
      complain(error.message)
      return 2
    }
  }

  private static func complain(_ text: String) {
    let isTerminal = Process.isTerminal(Process.standardError)
    let visible = isTerminal ? OutputSanitizer.neutralized(text) : text
    Process.write("coros: \(visible)\n", to: Process.standardError)
  }
}
