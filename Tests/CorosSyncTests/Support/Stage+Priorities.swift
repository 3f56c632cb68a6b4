import CorosKernel
import CorosSync
import Testing

extension Stage {
  /// A machine whose policy goes by priority.
  convenience init(_ form: Form, lending: Bool) {
    self.init(form, policy: HighestPriorityFirst(isLending: lending))
  }

  /// The priority that is lent to a task, and by whom.
  func loan(_ tid: TaskID) -> String? {
    scheduler.info(tid)?.loan.map { "\($0.priority) by \($0.lender)" }
  }

  /// Runs until a text is written.
  func run(until text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    for _ in 0..<1_000 where texts.last != text { run(steps: 1) }
    #expect(texts.last == text, sourceLocation: sourceLocation)
  }
}

/// Takes locks, says so, gives them back, and says that it is done.
func visitor(_ name: String, _ mutexes: Mutex...) -> [Act] {
  mutexes.map { .call(Lock($0)) } + [.write("\(name) got")]
    + mutexes.reversed().map { .call(Unlock($0)) } + [.write("\(name) done")]
}

/// Asks for its priority, and writes it.
var priority: [Act] { [.call(GetPriority()), .tell] }
