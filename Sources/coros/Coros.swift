import ArgumentParser
import CorosFiles
import CorosPrograms
import CorosShell
import CorosTerminal

/// The entry point: parses the command line and chooses how to run.
@main
enum Coros {
  static func main() {
    do {
      let options = try Options.parse(commandLine: Array(CommandLine.arguments.dropFirst()))
      Process.exit(run(options))
    } catch {
      answer(error)
    }
  }

  /// Prints the parser's answer: help or the version if requested, otherwise the error.
  private static func answer(_ error: any Error) -> Never {
    let text = Options.fullMessage(for: error)
    if Options.exitCode(for: error).isSuccess {
      Process.exit(Process.write(text + "\n", to: Process.standardOutput) ? 0 : 1)
    }
    let message = text.hasPrefix("Error: ") ? text.dropFirst("Error: ".count) : text[...]
    Process.write(visible("coros: \(message)\n"), to: Process.standardError)
    Process.exit(2)
  }

  /// Runs as the options say, and returns the exit status.
  private static func run(_ options: Options) -> Int {
    if let form = options.reference.flatMap(PrintedReference.Form.init) {
      guard let text = PrintedReference.text(as: form) else {
        complain(
          "cannot create a directory in '\(PrintedReference.place)' for the examples of the reference; "
            + "set TMPDIR to another directory"
        )
        return 1
      }
      return print(text)
    }
    if let language = options.completions.flatMap(CompletionScript.Language.init) {
      return print(CompletionScript(for: .coros).text(in: language))
    }
    let terminal = TerminalInfo.current(color: options.color)
    let hasScript = options.commands != nil || !options.operands.isEmpty
    var settings = options.settings
    settings.isColored = terminal.isColorEnabled
    settings.isUnicode = terminal.isUnicode
    settings.isInteractive = terminal.isInteractive && !hasScript
    guard settings.isInteractive else {
      if options.resume {
        complain("--resume needs a terminal and no script; in a script, use `load FILE`")
        return 2
      }
      return runScript(options, settings)
    }
    do {
      return try InteractiveSession(settings, terminal).run(resuming: options.resume)
    } catch {
      complain("\(error)")
      return 1
    }
  }

  private static func print(_ text: String) -> Int {
    Process.write(text, to: Process.standardOutput) ? 0 : 1
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
    do throws(FileError) {
      return try shell.runScript(path: file, arguments: arguments)
    } catch {
      complain(error.hint.isEmpty ? error.message : "\(error.message)\n  hint: \(error.hint)")
      return 2
    }
  }

  private static func complain(_ text: String) {
    Process.write(visible("coros: \(text)\n"), to: Process.standardError)
  }

  /// Names and values in a message must not move the cursor of the terminal.
  private static func visible(_ text: String) -> String {
    Process.isTerminal(Process.standardError) ? OutputSanitizer.neutralized(text) : text
  }
}
