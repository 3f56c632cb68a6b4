import CorosPrograms
import CorosSession
import CorosShell
import CorosTerminal

/// An interactive session at a terminal: a prompt, an editor, and the shell behind them.
final class InteractiveSession: IdleWork {
  private let shell: Shell
  private let host = ProcessHost()
  private let terminal: TerminalInfo
  private let history: HistoryStore
  private let encoding: TextEncoding

  init(_ settings: Settings, _ terminal: TerminalInfo) {
    self.terminal = terminal
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
    let configuration = LineEditor.Configuration(
      terminal: terminal,
      encoding: encoding,
      history: history
    )
    let editor = try LineEditor(
      configuration,
      prompt: { Prompt("coros>", style: .green.inBold).followed(by: " ") },
      complete: { [shell] line, cursor in Self.completion(shell, line, cursor) },
      idle: self
    )
    host.editor = editor
    host.screen = (terminal, encoding)
    defer { editor.close() }
    greet()
    keepSession(resuming: isResuming)
    while true {
      shell.history = history.entries
      switch editor.readLine() {
      case .line(let line): execute(line)
      case .interrupted: continue
      case .endOfInput: return 0
      case .terminated(let signal): return 128 + Int(signal)
      }
      if let signal = Signals.pendingTermination { return 128 + Int(signal) }
      if let status = shell.exitStatus { return status }
    }
  }

  private func execute(_ line: String) {
    _ = Signals.consumeInterrupt()
    if line.allSatisfy({ $0 == " " || $0 == "\t" }) {
      shell.repeatLastStep()
    } else {
      shell.history = history.entries
      shell.execute(line)
    }
    shell.flush()
    _ = Signals.consumeInterrupt()
  }

  private func greet() {
    if let warning = history.warning { host.writeError("coros: \(warning)\n") }
    let isFirstStart = history.entries.isEmpty
    host.write(
      isFirstStart
        ? """
        Coros: a small operating system that you type at. Programs become tasks, and
        the tasks share one CPU. Try `spawn family`, press Return after `step` to go
        tick by tick, then `run` to the end. `programs` lists what you can spawn,
        `help` explains, Tab completes, Ctrl-D leaves.

        """
        : "Coros: `help` explains, `programs` lists what you can spawn, Ctrl-D leaves.\n"
    )
  }

  /// Saves the commands of this session in a journal, beside the history.
  private func keepSession(resuming isResuming: Bool) {
    guard let history = HistoryStore.defaultPath() else {
      if isResuming {
        host.writeError("coros: there is no home directory, so there is no session to resume\n")
      }
      return
    }
    let folder = history.dropLast("history".count) + "sessions"
    if isResuming { shell.resumeSession(from: String(folder)) }
    shell.keepSession(in: SessionJournal(folder: String(folder)))
    shell.flush()
  }

  // MARK: Live mode

  func runSlice() -> NextSlice {
    NextSlice(shell.liveSlice(nanoseconds: MonotonicClock.now))
  }

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
