import CorosCommands
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
  /// The lines of what goes on in the next one.
  private var unfinished: (text: String, blocks: OpenBlocks)?

  /// The folder of the files with which a session begins; nil where they do not count.
  private let configuration: String?
  /// The name by which other terminals find the machine; nil if they cannot.
  private let attachName: String?
  private var attached: AttachedShell?

  /// Makes a session.
  ///
  /// - Parameters:
  ///   - settings: What the command line has decided.
  ///   - terminal: The terminal.
  ///   - configuration: The folder of the startup file and of what `set` keeps, which need not exist.
  ///   - attachName: The name by which other terminals find the machine; nil if they cannot.
  init(
    _ settings: Settings,
    _ terminal: TerminalInfo,
    configuration: String?,
    attachName: String?
  ) {
    self.configuration = configuration
    self.attachName = attachName
    self.terminal = terminal
    host = ProcessHost(terminal)
    encoding = TextEncoding.establish()
    history = HistoryStore(path: HistoryStore.defaultPath())
    var settings = settings
    // The keys are the prompt's.
    settings.start.world?.leavesTerminal = true
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
      prompt: { [unowned self] in prompt },
      complete: { [shell] line, cursor in Self.completion(shell, line, cursor) },
      decorate: { [unowned self] in decoration(of: $0) },
      idle: self
    )
    host.editor = editor
    host.screen = (terminal, encoding)
    host.theme = { [shell] in shell.settings.theme }
    defer { editor.close() }
    defer { finish() }
    greet()
    if let configuration = self.configuration { begin(with: configuration) }
    keepSession(resuming: isResuming)
    if let attachName {
      attached = AttachedShell(shell, name: attachName, host: host, hasOwner: true)
      editor.watched = attached
    }
    defer { attached?.close() }
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
        complain("what was begun is given up; the up arrow brings it back")
      case .endOfInput: return 0
      case .terminated(let signal): return 128 + Int(signal)
      }
      if let signal = Signals.pendingTermination { return 128 + Int(signal) }
      if let status = shell.exitStatus { return status }
    }
  }

  private func execute(_ line: String) {
    _ = Signals.consumeInterrupt()
    guard let line = definition(with: line), let line = shell.recalled(line) else { return }
    host.editor?.record(line)
    sayHistoryWarning()
    if line.allSatisfy({ $0 == " " || $0 == "\t" }) {
      // A paste may end with empty lines, or with two characters for the end of each line.
      if host.editor?.isPasted != true { shell.repeatLastMove() }
    } else {
      shell.history = history.entries
      // Whoever types here drives.
      if attached?.driver != nil, shell.changes(line) { attached?.takeBack() }
      shell.execute(line)
    }
    shell.flush()
    // Ctrl-C was meant for this line, not for the questions of others that waited for its end.
    _ = Signals.consumeInterrupt()
    attached?.serve()
    _ = Signals.consumeInterrupt()
  }

  /// The line, with those before it that it finishes; nil while it goes on.
  private func definition(with line: String) -> String? {
    if var (text, blocks) = unfinished {
      blocks.add(line, to: &text)
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

  /// Takes over what was chosen earlier, and runs the commands with which every session is to begin; what they do to
  /// the machine is part of it.
  private func begin(with folder: String) {
    if let failure = shell.usePreferences(in: PreferenceFile(path: folder + "/settings.coros")) {
      complain(failure.message)
      if !failure.hint.isEmpty { host.writeError("  hint: \(failure.hint)\n") }
    }
    do throws(FileError) {
      _ = try shell.runScript(path: folder + "/startup.coros", arguments: [])
    } catch {
      if !error.isAboutMissingFile { complain(error.message) }
    }
    shell.flush()
  }

  /// Where the files are with which a session begins, after the XDG specification.
  static var configurationFolder: String? {
    if let folder = environmentVariable("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
      return folder + "/coros"
    }
    guard let home = environmentVariable("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.config/coros"
  }

  private var prompt: Prompt {
    guard unfinished == nil else { return Prompt("...> ", style: style(of: .good)) }
    var prompt = Prompt("")
    for part in shell.promptParts { prompt.append(part.text, style: style(of: part.role)) }
    return prompt
  }

  private func style(of role: Style.Role) -> Prompt.Style {
    Prompt.Style(codes: shell.settings.theme[role].bold.codes)
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
    let next = NextSlice(shell.liveSlice(nanoseconds: MonotonicClock.now))
    attached?.passOn()
    return next
  }

  func continueAfterStop() { shell.continueAfterStop() }

  // MARK: Typing

  /// The colours of a line, and what may follow it.
  private func decoration(of line: String) -> LineDecoration {
    // A typed program has a grammar of its own.
    guard unfinished == nil else { return LineDecoration() }
    let theme = shell.settings.theme
    let suggested = theme[.faint] == Theme.standard[.faint] ? "90" : theme[.faint].codes
    return LineDecoration(
      spans: shell.typedParts(of: line).map {
        LineDecoration.Span($0.range, Prompt.Style(codes: theme[$0.role].codes))
      },
      suggestion: shell.suggestion(for: line),
      // Where nothing is faint, a line under it keeps it apart from what was typed.
      suggestionStyle: Prompt.Style(codes: suggested.isEmpty ? "4" : suggested)
    )
  }

  // MARK: Tab

  private static func completion(_ shell: Shell, _ line: String, _ cursor: Int) -> Completion {
    guard let offer = shell.offer(line: line, cursor: cursor) else { return .none }
    let candidates = offer.candidates.map { candidate in
      Completion.Candidate(
        candidate.text,
        suffix: candidate.isComplete ? " " : "",
        display: candidate.display,
        meaning: candidate.meaning
      )
    }
    return Completion(replacing: offer.range, with: candidates)
  }
}
