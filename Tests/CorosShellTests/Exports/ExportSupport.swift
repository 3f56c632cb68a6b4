import CorosKernel
import CorosTestSupport
import Testing

@testable import CorosHistory
@testable import CorosLanguage
@testable import CorosShell

/// A session, and a folder for its exports.
struct ExportBench {
  let folder: TemporaryFolder
  let session = TestShell.keepingGoing()

  init() throws { folder = try TemporaryFolder() }

  func path(_ name: String) -> String { folder.path + "/" + name }

  /// Exports to a file with this name, and returns its path.
  func export(_ format: String, _ name: String = "export") throws -> String {
    let status = session.shell.execute("export --\(format) \(path(name)) --force")
    try #require(status == 0, "\(session.type())")
    session.type()
    return path(name)
  }

  func read(_ format: String, by script: String) throws -> [String: Any] {
    try Validator.read(try export(format), by: script)
  }

  /// Names and texts that are awkward in some notation.
  static let awkward = [
    "plain", "a \"quoted\" name", "back\\slash\\", "line\nfeed", "carriage\r\nreturn",
    "tab\tcomma,semi;",
    "nul\0 bell\u{7} delete\u{7F} escape\u{1B}[31m", "<b>&amp;</b> #quot; `code` %7B",
    "日本語 é e\u{301}",
    "\"\u{301}", "🙂👩‍👩‍👧", "\u{202E}right to left", "{[(]}) -> |x| :::y", "  spaces  ", "",
    "=1+1", "\u{2028}line separator", "%%{init}%%",
  ]

  /// Creates a task for each awkward name, which writes its name and then waits on a channel of that name.
  func spawnAwkward() throws {
    for name in Self.awkward {
      try session.shell.machine.act("awkward") { scheduler in
        try scheduler.createTask(name) { os in
          try await os.write(name)
          try await os.call(WaitOn(channel: name))
        }
      }
    }
  }

  /// Waits on a channel until the task is killed.
  private struct WaitOn: SystemCall {
    typealias Reply = Void
    let channel: String
    func handle(in kernel: KernelContext) -> Disposition<Void> {
      .block(on: .channel(WaitChannel(channel)))
    }
  }

  /// A machine with an eventful history, different for each seed.
  func live(seed: UInt64) {
    var random = RandomSource(seed: seed)
    session.type("limit tasks 40; seed \(seed)")
    let policies = ["rr quantum=3", "fifo", "mlfq quanta=2/4", "lottery", "fair", "priority"]
    session.type("policy \(policies[random.next(below: policies.count)])")
    let names = session.shell.catalogue.programs.map(\.name).filter { $0 != "foreign" }
    for _ in 0..<40 {
      let tid = 1 + random.next(below: 12)
      switch random.next(below: 8) {
      case 0: session.type("kill \(tid)")
      case 1: session.type("stop \(tid)")
      case 2: session.type("resume \(tid)")
      case 3: session.type("back \(random.next(below: 5))")
      case 4: session.type("workload at=\(session.shell.scheduler.now + 3),len=3,io=1")
      case 5: session.type("spawn \(names[random.next(below: names.count)])")
      default: session.type("run \(1 + random.next(below: 20))")
      }
    }
  }
}
