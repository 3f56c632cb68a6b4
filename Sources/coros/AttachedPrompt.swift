import CorosLanguage
import CorosServer
import CorosSession
import CorosShell
import CorosTerminal

/// `coros attach`: a prompt for the machine of another terminal, or the lines of standard input.
final class AttachedPrompt: WatchedDescriptors {
  let client: AttachClient
  private let arguments: AttachArguments
  private let terminal: TerminalInfo
  let host: ProcessHost
  /// Whether this terminal drives.
  private var drives = false
  private var tick = 0
  /// The request that waits for the rest of its answer.
  private var open: Int?
  /// The Tab that waits for its answer, and the answer.
  private var asked: Int?
  private var offered: JSON?
  private var status = 0
  /// The status with which it ends; nil as long as the machine is there.
  private var end: Int?
  private var hasAskedToStop = false
  /// Whether an answer says that a stepper is to be opened.
  private var opensStepper = false
  /// The stepper that has the screen; nil for none.
  private var stepper: AttachedStepper?
  /// What is to be said once it has given the screen back.
  private var parting = ""

  /// Runs the subcommand.
  ///
  /// - Returns: The exit status: 0, or 1 where a line failed or the machine has gone, or 2.
  static func run(_ words: [String], _ settings: Settings, _ terminal: TerminalInfo) -> Int {
    do throws(AttachError) {
      var arguments = try AttachArguments(words)
      arguments.isJSON = arguments.isJSON || settings.isJSON
      let folder = SocketFolder(environment: environmentVariable)
      if arguments.isListing {
        Process.write(MachineList(folder).text(isJSON: arguments.isJSON))
        return 0
      }
      let name = try machine(named: arguments.name, in: folder)
      try folder.check()
      let client = try AttachClient(
        to: try folder.socket(named: name),
        wish: arguments.wish,
        wantsEvents: arguments.wantsEvents
      )
      let prompt = AttachedPrompt(client, arguments, terminal)
      return terminal.isInteractive ? try prompt.readKeys() : prompt.readInput()
    } catch {
      let hint = error.hint.isEmpty ? "" : "\n  hint: \(error.hint)"
      Process.writeError("coros: \(error.message)\(hint)\n")
      return 2
    }
  }

  /// The name of the machine that was meant: by its name, by its process, or because there is no other.
  private static func machine(
    named word: String?,
    in folder: SocketFolder
  ) throws(AttachError) -> String {
    guard let word else { return try MachineList(folder).onlyName() }
    _ = try folder.socket(named: word)
    return folder.names.contains(word) ? word : try MachineList(folder).name(ofProcess: word)
  }

  private init(_ client: AttachClient, _ arguments: AttachArguments, _ terminal: TerminalInfo) {
    self.client = client
    self.arguments = arguments
    self.terminal = terminal
    host = ProcessHost(terminal)
  }

  // MARK: At a terminal

  private func readKeys() throws(AttachError) -> Int {
    let encoding = TextEncoding.establish()
    let editor: LineEditor
    do {
      editor = try LineEditor(
        LineEditor.Configuration(terminal: terminal, encoding: encoding),
        prompt: { [unowned self] in
          let name = client.greeting.machine ?? "?"
          var prompt = Prompt("\(name)@\(tick)>", style: drives ? .green : .plain)
          prompt.append(" ")
          return prompt
        },
        complete: { [unowned self] line, cursor in completion(of: line, cursor) }
      )
    } catch {
      throw AttachError("the terminal cannot be used: \(error)")
    }
    host.editor = editor
    host.screen = (terminal, encoding)
    editor.watched = self
    defer { editor.close() }
    let what =
      arguments.wish == .watch ? "looks on; `attach drive` asks to drive" : "wants to drive"
    host.write(
      "attached to \(client.greeting.machine ?? "?"); this terminal \(what). Ctrl-D leaves.\n"
    )
    serve()
    while end == nil {
      switch editor.readLine() {
      case .line(let line):
        if line.allSatisfy({ $0 == " " || $0 == "\t" }) { continue }
        if Self.isFarewell(line) { return 0 }
        ask(line)
        if opensStepper { showStepper() }
        if let end { return end }
      case .interrupted: continue
      case .endOfInput: return end ?? 0
      // Where the machine is gone, the line ends as if the terminal were.
      case .terminated(let signal): return end ?? 128 + Int(signal)
      }
    }
    return end ?? 0
  }

  /// What the machine offers at the cursor; nothing if it does not answer at once.
  private func completion(of line: String, _ cursor: Int) -> Completion {
    offered = nil
    asked = client.complete(line, cursor: cursor)
    defer { asked = nil }
    for _ in 0..<10 where offered == nil && end == nil {
      client.wait(milliseconds: 50)
      serve()
    }
    guard let offered, case .int(let start)? = offered["from"], case .int(let end)? = offered["to"],
      case .array(let words)? = offered["words"], 0 <= start, start <= end, end <= line.utf8.count
    else { return .none }
    let candidates = words.compactMap { word -> Completion.Candidate? in
      guard case .string(let text)? = word["text"], case .string(let display)? = word["display"],
        case .string(let meaning)? = word["meaning"]
      else { return nil }
      return Completion.Candidate(
        text,
        suffix: word["complete"] == .bool(true) ? " " : "",
        display: display,
        meaning: meaning
      )
    }
    return Completion(replacing: start..<end, with: candidates)
  }

  // MARK: From a file or a pipe

  private func readInput() -> Int {
    Signals.installForScript()
    var worst = 0
    while end == nil, let line = readLine() {
      if line.allSatisfy({ $0 == " " || $0 == "\t" }) { continue }
      if Self.isFarewell(line) { break }
      ask(line)
      worst = max(worst, status)
    }
    return end ?? worst
  }

  /// Whether a line leaves: not the machine, whose prompt goes on, but this terminal or script.
  private static func isFarewell(_ line: String) -> Bool {
    [["exit"], ["quit"]].contains(line.split(separator: " "))
  }

  // MARK: Asking

  /// Sends a line, and shows its answer as it comes.
  private func ask(_ line: String) {
    hasAskedToStop = false
    let look = arguments.isJSON ? nil : (width: host.width, isColored: terminal.isColorEnabled)
    opensStepper = false
    open = client.send(line, as: look, hasScreen: host.hasScreen)
    while open != nil, end == nil {
      serve()
      if open != nil, end == nil { client.wait(milliseconds: 100) }
      if Signals.consumeInterrupt() {
        client.interrupt()
        // A second Ctrl-C leaves an answer that does not come.
        if hasAskedToStop {
          status = 130
          open = nil
        }
        hasAskedToStop = true
      }
      if let signal = Signals.pendingTermination { end = 128 + Int(signal) }
    }
  }

  var descriptors: [(descriptor: Int32, isReceiving: Bool, isSending: Bool)] {
    end == nil ? [(client.connection.descriptor, true, client.connection.isSending)] : []
  }

  var timeout: Int32? { nil }

  var isOver: Bool { end != nil }

  func serve() {
    for message in client.messages() {
      if let stepper, take(message, for: stepper) { continue }
      switch message {
      case .answer(let id, let frame) where id == asked: offered = frame
      case .answer(let id, let frame) where id == open: show(frame)
      // The answer to a Tab that came too late.
      case .answer: break
      case .done(let id, let status) where id == open:
        self.status = status
        open = nil
      case .done: break
      case .news(let frame): tell(frame)
      case .refused(let error):
        part("coros: \(error.message)\n")
      case .end:
        part("coros: the machine has ended, or let this terminal go\n")
      }
    }
    if end != nil { open = nil }
  }

  /// Ends, and says why; once, and not on a stepper's screen.
  private func part(_ text: String) {
    if end == nil { if stepper == nil { host.writeError(text) } else { parting = text } }
    end = 1
  }

  // MARK: The stepper

  /// Shows a stepper until somebody leaves it, or the machine has gone.
  private func showStepper() {
    opensStepper = false
    let stepper = AttachedStepper(
      isUnicode: terminal.isUnicode,
      send: { [client] in client.send(stepper: $0) },
      interrupt: { [client] in client.interrupt() }
    )
    self.stepper = stepper
    do throws(FullScreenRefusal) {
      try host.runFullScreen(stepper)
      if let state = stepper.state { parting = "at tick \(state.tick); \(state.next)\n" + parting }
      if let failure = stepper.failure { parting = "coros: \(failure)\n" + parting }
    } catch {
      parting = "stepper cannot be shown: \(error.reason)\n"
    }
    self.stepper = nil
    host.write(parting)
    parting = ""
    if let signal = Signals.pendingTermination { end = 128 + Int(signal) }
  }

  /// Gives a message to the stepper.
  ///
  /// - Returns: Whether that is all that is to be done with it.
  private func take(_ message: AttachClient.Message, for stepper: AttachedStepper) -> Bool {
    switch message {
    case .answer(let id, let frame): stepper.take(frame, of: id)
    case .done(let id, _): stepper.finish(id)
    case .news(let frame):
      if case .int(let tick)? = frame["moved"]?["tick"] { self.tick = tick }
      if let driver = frame["driver"] { drives = driver["self"] == true }
      if frame["asked"] != nil { _ = stepper.tell("asked; until somebody agrees, you watch") }
      if frame["denied"] != nil {
        _ = stepper.tell("the terminal of the machine does not want that now")
      }
      if case .string(let note)? = frame["note"] { _ = stepper.tell(note) }
      if frame["output"] == nil { stepper.refresh() }
    case .refused, .end: return false
    }
    return true
  }

  private func show(_ frame: JSON) {
    if frame["opens"] == "stepper" { opensStepper = true }
    if arguments.isJSON { return host.write(frame.text + "\n") }
    if case .string(let text)? = frame["text"] { host.write(text) }
    if case .string(let text)? = frame["errors"] { host.writeError(text) }
  }

  private func tell(_ frame: JSON) {
    if case .int(let tick)? = frame["moved"]?["tick"] { self.tick = tick }
    if arguments.isJSON { return host.write(frame.text + "\n") }
    if let driver = frame["driver"] {
      let drove = drives
      drives = driver["self"] == .bool(true)
      if drives != drove {
        host.write(drives ? "this terminal drives now\n" : "this terminal only looks on now\n")
      }
    } else if frame["asked"] != nil {
      host.write("asked; until somebody agrees, this terminal looks on\n")
    } else if frame["denied"] != nil {
      host.write("the terminal of the machine does not want that now\n")
    } else if case .int(let count)? = frame["skipped"] {
      host.write("(left out: \(counted(count, "message")))\n")
    } else if case .string(let note)? = frame["note"] {
      host.write("\(note)\n")
    } else if let output = frame["output"], open == nil, case .int(let task)? = output["tid"],
      case .string(let text)? = output["text"]
    {
      host.write("[\(task)] \(text)\n")
    }
  }
}
