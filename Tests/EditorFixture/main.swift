import CorosTerminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// A line editor and nothing else. It reports each line, and executes a few commands:
//
//   exit        ends
//   run         "runs in the foreground" until an interrupt, or termination, arrives
//   crash, quit crash, or end normally without closing the editor
//   partial     leaves the cursor in the middle of a row
//
// Arguments: `--ticker MILLISECONDS` writes lines while a line is edited; `--history PATH` saves the history;
// `--color` colours the prompt; `--prompt TEXT` replaces it.

/// Writes one numbered line per slice, up to a limit.
final class Ticker: IdleWork {
  private let milliseconds: Int
  private var count = 0
  var editor: LineEditor?

  init(milliseconds: Int) { self.milliseconds = milliseconds }

  func runSlice() -> NextSlice {
    count += 1
    editor?.printAbove("tick \(count) ✓ 出力\nand \(count)")
    return milliseconds == 0 ? .immediately : .after(milliseconds: milliseconds)
  }

  func continueAfterStop() {}
}

func option(_ name: String) -> String? {
  guard let index = CommandLine.arguments.firstIndex(of: name) else { return nil }
  let next = index + 1
  return next < CommandLine.arguments.count ? CommandLine.arguments[next] : nil
}

func completion(_ line: String, _ cursor: Int) -> Completion {
  let before = line.utf8.prefix(cursor)
  let start = before.lastIndex(of: 0x20).map { before.index(after: $0) } ?? before.startIndex
  let word = String(before[start...]) ?? ""
  let words = ["spawn", "spawnall", "step", "κόσμος", "\"two words", "日本"]
  let matching = words.filter { $0.hasPrefix(word) }
  let offset = before.distance(from: before.startIndex, to: start)
  return Completion(
    replacing: offset..<cursor,
    with: matching.map { .init($0, suffix: $0.hasPrefix("\"") ? "\" " : " ") }
  )
}

/// Waits for Ctrl-C, like a command in the foreground.
func runInForeground() {
  print("RUNNING")
  fflush(nil)
  while !Signals.isInterruptPending, Signals.pendingTermination == nil { usleep(1_000) }
  print(Signals.consumeInterrupt() ? "STOPPED" : "TERMINATED")
}

let ticker = option("--ticker").flatMap(Int.init).map(Ticker.init(milliseconds:))
let history = HistoryStore(path: option("--history"))
if let warning = history.warning { print("WARNING", warning) }
var configuration = LineEditor.Configuration(history: history)
configuration.programName = "fixture"
configuration.isColorEnabled = CommandLine.arguments.contains("--color")
let promptText = option("--prompt") ?? "cörös> "

do {
  let editor = try LineEditor(
    configuration,
    prompt: { Prompt(promptText, style: .green) },
    complete: completion,
    idle: ticker
  )
  defer { editor.close() }
  ticker?.editor = editor
  print("READY")
  reading: while true {
    switch editor.readLine() {
    case .line("exit"): break reading
    case .line("run"): runInForeground()
    case .line("crash"): fatalError("as asked")
    case .line("quit"): exit(7)
    case .line("partial"): editor.printAbove("no newline")
    case .line(let line): print("LINE \(line.count) <\(line)>")
    case .interrupted: print("INTERRUPTED")
    case .endOfInput:
      print("END")
      break reading
    case .terminated(let signal):
      print("SIGNAL", signal)
      break reading
    }
  }
  ticker?.editor = nil
} catch {
  print("FAILED", error)
  exit(1)
}
print("BYE")
