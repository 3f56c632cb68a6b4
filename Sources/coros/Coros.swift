import ArgumentParser
import CorosCommands
import CorosFiles
import CorosIO
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
      Process.write(text + "\n")
      Process.exit(0)
    }
    complain(String(text.hasPrefix("Error: ") ? text.dropFirst("Error: ".count) : text[...]))
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
      Process.write(text)
      return 0
    }
    if let language = options.completions.flatMap(CompletionScript.Language.init) {
      Process.write(CompletionScript(for: .coros).text(in: language))
      return 0
    }
    if let pack = options.checkPack { return Teaching(isJSON: options.json).check(pack) }
    if let pack = options.grade {
      return Teaching(isJSON: options.json).grade(options.operands, with: pack)
    }
    // Each handle takes a descriptor.
    if !options.sandbox { DescriptorLimit.raise() }
    let terminal = TerminalInfo.current(color: options.color)
    let hasScript = options.commands != nil || !options.operands.isEmpty
    var settings = options.settings
    settings.isColored = terminal.isColorEnabled
    settings.areErrorsColored = terminal.isErrorColorEnabled
    settings.isUnicode = terminal.isUnicode
    settings.isInteractive = terminal.isInteractive && !hasScript
    if options.operands.first == "attach", options.commands == nil {
      return AttachedPrompt.run(Array(options.operands.dropFirst()), settings, terminal)
    }
    guard settings.isInteractive else {
      if options.resume {
        complain("--resume needs a terminal and no script; in a script, use `load FILE`")
        return 2
      }
      return runScript(options, settings, terminal)
    }
    do {
      let folder = options.noConfig ? nil : InteractiveSession.configurationFolder
      return try InteractiveSession(
        settings,
        terminal,
        configuration: folder,
        attachName: options.attachName
      ).run(resuming: options.resume)
    } catch {
      complain("\(error)")
      return 1
    }
  }

  private static func runScript(
    _ options: Options,
    _ settings: Settings,
    _ info: TerminalInfo
  ) -> Int {
    Signals.installForScript()
    if options.operands.first == "explore", options.operands.count > 1, options.commands == nil {
      let status = explore(options.operands.dropFirst(), settings, info)
      return Signals.pendingTermination.map { 128 + Int($0) } ?? status
    }
    let host = ProcessHost(info)
    let shell = Shell(catalogue: .builtIn, settings: settings, host: host)
    shell.stepLimit = options.maxSteps.map { Int($0) }
    host.deadline = options.maxTime.map { MonotonicClock.now + UInt64($0 * 1e9) }
    let attached = options.attach.map {
      AttachedShell(shell, name: $0, host: host, hasOwner: false)
    }
    defer { attached?.close() }
    if let refusal = attached?.refusal {
      complain(refusal)
      return 2
    }
    shell.allowReading(options.operands.filter { $0 != "-" } + (options.then.map { [$0] } ?? []))
    var status = runScript(options, in: shell)
    shell.flush()
    if shell.hasReachedStepLimit || host.isLate {
      let limit = host.isLate ? "\(options.maxTime ?? 0) seconds" : "\(shell.stepLimit ?? 0) steps"
      complain("the script was interrupted: its limit is \(limit)")
      status = 124
    }
    host.deadline = nil
    if let grader = options.then, Signals.pendingTermination == nil, !Signals.isInterruptPending {
      let arguments = Array(options.operands.dropFirst())
      status = runFile(grader) { path throws(FileError) in
        try shell.runGrader(path: path, arguments: arguments)
      }
      shell.flush()
    }
    return Signals.pendingTermination.map { 128 + Int($0) } ?? status
  }

  /// Explores what each script makes, on a machine of its own, or adds up files of results.
  private static func explore(
    _ words: ArraySlice<String>,
    _ settings: Settings,
    _ info: TerminalInfo
  ) -> Int {
    let isMerging = words.first == "merge"
    let arguments = ExploreArguments(Array(isMerging ? words.dropFirst() : words))
    guard !arguments.scripts.isEmpty else {
      complain(
        "explore needs a script that spawns tasks\n  hint: coros explore FILE ... [OPTION ...]"
      )
      return 2
    }
    var settings = settings
    settings.isJSON = settings.isJSON || arguments.isJSON
    func shell() -> Shell {
      Shell(catalogue: .builtIn, settings: settings, host: ProcessHost(info))
    }
    if isMerging {
      let shell = shell()
      defer { shell.flush() }
      return shell.mergeExplorations(words: arguments.scripts + arguments.words)
    }
    var worst = 0
    for script in arguments.scripts where worst != 130 {
      let shell = shell()
      if arguments.scripts.count > 1, !settings.isJSON { Process.write("\(script):\n") }
      do throws(FileError) {
        worst = max(worst, try shell.explore(script: script, words: arguments.words))
      } catch {
        let hint = error.hint.isEmpty ? ExploreArguments.hint(for: script) : error.hint
        complain(hint.isEmpty ? error.message : "\(error.message)\n  hint: \(hint)")
        worst = max(worst, 2)
      }
      shell.flush()
    }
    return worst
  }

  private static func runScript(_ options: Options, in shell: Shell) -> Int {
    if let commands = options.commands {
      shell.setArguments(options.operands)
      return shell.runScript(text: commands, name: "-c")
    }
    let arguments = Array(options.operands.dropFirst())
    guard let file = options.operands.first, file != "-" else {
      shell.setArguments(arguments)
      return shell.runScript(descriptor: Process.standardInput, name: "standard input")
    }
    return runFile(file) { path throws(FileError) in
      if options.then != nil { return try shell.runHandIn(path: path, arguments: arguments) }
      if path == "check", arguments.count == 1 { return try shell.checkScript(path: arguments[0]) }
      return try shell.runScript(path: path, arguments: arguments)
    }
  }

  /// Runs a file, and says why it cannot be run.
  private static func runFile(_ path: String, _ run: (String) throws(FileError) -> Int) -> Int {
    do throws(FileError) {
      return try run(path)
    } catch {
      complain(error.hint.isEmpty ? error.message : "\(error.message)\n  hint: \(error.hint)")
      return 2
    }
  }

  /// Says what is wrong on standard error, where names and values must not move the cursor of a terminal.
  static func complain(_ text: String) {
    let line = "coros: \(text)\n"
    let isTerminal = TerminalInfo.current().streams.error
    Process.writeError(isTerminal ? OutputSanitizer.neutralized(line) : line)
  }
}
