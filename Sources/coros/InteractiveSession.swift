import CorosFiles
import CorosLanguage
import CorosPrograms
import CorosSession
import CorosShell
import CorosTerminal

/// An interactive session at a terminal: a prompt, an editor, and the shell behind them.
final class InteractiveSession: IdleWork {
  private let shell: Shell
  private let host: ProcessHost
  private let terminal: TerminalInfo
  private let history: HistoryStore
  private let encoding: TextEncoding
  private var saidWarning: String?
  /// The lines of a definition whose last brace is still to come.
  private var unfinished: (text: String, blocks: OpenBlocks)?

  /// The startup file, which need not exist; nil where none is to be run.
  private let startup: String?

  init(_ settings: Settings, _ terminal: TerminalInfo, startup: String?) {
    self.startup = startup
    self.terminal = terminal
    host = ProcessHost(terminal)
    encoding = TextEncoding.establish()
    history = HistoryStore(path: HistoryStore.defaultPath())
    shell = Shell(catalogue: .builtIn, settings: settings, host: host)
  }

  /// Reads and runs lines until the user leaves.
  ///
  /// - Parameter isResuming: Whether to restore the last session first.
  /// - Returns: The exit status.
  /// - Throws: Why the terminal cannot be used.
  func run(resuming isResuming: Bool) throws -> Int {
    var configuration = LineEditor.Configuration(
      terminal: terminal,
      encoding: encoding,
      history: history
    )
    // A definition is one entry, however many lines it has.
    configuration.recordsLines = false
    let editor = try LineEditor(
      configuration,
      prompt: { [unowned self] in
        Prompt(unfinished == nil ? "coros>" : "...>", style: .green.inBold).followed(by: " ")
      },
      complete: { [shell] line, cursor in Self.completion(shell, line, cursor) },
      idle: self
    )
    host.editor = editor
    host.screen = (terminal, encoding)
    defer { editor.close() }
    defer { finish() }
    greet()
    if let startup { runStartupFile(startup) }
    keepSession(resuming: isResuming)
    while true {
      shell.history = history.entries
      switch editor.readLine() {
      case .line(let line):
        execute(line)
      case .interrupted:
        unfinished = nil
        continue
      case .endOfInput where unfinished != nil:
        // Not the session: the next Ctrl-D leaves.
        if let text = unfinished?.text { editor.record(text) }
        unfinished = nil
        complain("the definition was not finished, and is given up; the up arrow brings it back")
      case .endOfInput: return 0
      case .terminated(let signal): return 128 + Int(signal)
      }
      if let signal = Signals.pendingTermination { return 128 + Int(signal) }
      if let status = shell.exitStatus { return status }
    }
  }

  private func execute(_ line: String) {
    _ = Signals.consumeInterrupt()
    guard let line = definition(with: line) else { return }
    host.editor?.record(line)
    sayHistoryWarning()
    if line.allSatisfy({ $0 == " " || $0 == "\t" }) {
      // A paste may end with empty lines, or with two characters for the end of each line.
      if host.editor?.isPasted != true { shell.repeatLastMove() }
    } else {
      shell.history = history.entries
      shell.execute(line)
    }
    shell.flush()
    _ = Signals.consumeInterrupt()
  }

  /// The line, or the definition that it finishes; nil while a brace is open.
  private func definition(with line: String) -> String? {
    if var (text, blocks) = unfinished {
      text += "\n" + line
      blocks.add(line)
      unfinished = blocks.isOpen ? (text, blocks) : nil
      return blocks.isOpen ? nil : text
    }
    guard let blocks = OpenBlocks(line) else { return line }
    unfinished = (line, blocks)
    return nil
  }

  private func greet() {
    let isFirstStart = history.entries.isEmpty
    host.write(
      isFirstStart
        ? """
        Coros: a small operating system that you type at. Programs become tasks, and
        the tasks share one CPU. Try `spawn family`, press Return after `step` to go
        tick by tick, then `run` to the end. `lesson` begins a course, `programs` lists
        what you can spawn, `help` explains, Tab completes, Ctrl-D leaves.

        """
        : "Coros: `help` explains, `programs` lists what you can spawn, Ctrl-D leaves.\n"
    )
    sayHistoryWarning()
    if !terminal.type.isKnown, !terminal.type.name.isEmpty {
      let type = excerpt(of: terminal.type.name)
      complain("the terminal type '\(type)' is unknown: lines are plain, and without colour")
    }
  }

  /// Runs the commands with which every session is to begin; what they do to the machine is part of it.
  private func runStartupFile(_ path: String) {
    do throws(FileError) {
      _ = try shell.runScript(path: path, arguments: [])
    } catch {
      if !error.isAboutMissingFile { complain(error.message) }
    }
    shell.flush()
  }

  /// Where the startup file is, after the XDG specification.
  static var startupPath: String? {
    if let folder = environmentVariable("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
      return folder + "/coros/startup.coros"
    }
    guard let home = environmentVariable("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.config/coros/startup.coros"
  }

  /// Ends what is kept, in good order.
  private func finish() {
    shell.session.journal?.finish()
    history.finish()
    sayHistoryWarning()
  }

  /// Says once why lines are not saved.
  private func sayHistoryWarning() {
    guard let warning = history.warning, saidWarning != warning else { return }
    saidWarning = warning
    complain(warning)
  }

  private func complain(_ text: String) { host.writeError("coros: \(text)\n") }

  /// Saves the commands of this session in a journal, beside the history.
  private func keepSession(resuming isResuming: Bool) {
    guard let history = HistoryStore.defaultPath() else {
      if isResuming {
        complain("there is no home directory, so there is no session to resume")
      }
      return
    }
    shell.keepLessons(in: String(history.dropLast("history".count) + "lessons"))
    let folder = SessionFolder(String(history.dropLast("history".count) + "sessions"))
    if isResuming { shell.resumeSession(from: folder) }
    shell.keepSession(in: SessionJournal(folder: folder))
    shell.flush()
  }

  // MARK: Live mode

  func runSlice() -> NextSlice {
    NextSlice(shell.liveSlice(nanoseconds: MonotonicClock.now))
  }

  func continueAfterStop() { shell.continueAfterStop() }

  // MARK: Tab

  private static func completion(_ shell: Shell, _ line: String, _ cursor: Int) -> Completion {
    guard let offer = shell.offer(line: line, cursor: cursor) else { return .none }
    let candidates = offer.candidates.map { candidate in
      Completion.Candidate(
        candidate.text,
        suffix: candidate.isComplete ? " " : "",
        display: candidate.display
      )
    }
    return Completion(replacing: offer.range, with: candidates)
  }
}

extension Prompt {
  fileprivate func followed(by text: String) -> Prompt {
    var prompt = self
    prompt.append(text)
    return prompt
  }
}
