import CorosKernel
import CorosSync
import Testing

/// Messages at random, beside a model of all mailboxes.
@Suite(.timeLimit(.minutes(15))) struct MailModelTests {
  /// What the task that traps now wants; a trap is an event before anybody else runs.
  private final class Wish { var remainder = 0 }

  private struct Correspondent: StateMachine {
    let wish: Wish
    let around: Int
    var random: RandomSource
    var left: Int

    mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error as Termination) = resumption { return .threw(error) }
      guard left > 0 else { return .returned }
      left -= 1
      switch random.next(below: 12) {
      case 0...5:
        let target = TaskID(rawValue: max(1, around - 8 + random.next(below: 12)))
        return .call(SendMessage(random.next(below: 30), to: target))
      case 6...10:
        let remainder = random.next(below: 4)
        wish.remainder = remainder
        let timeout = random.next(below: 2) == 0 ? random.next(below: 8) : nil
        return .call(
          ReceiveMessage(timeout: timeout) { message in
            message.value(Int.self).flatMap { $0 % 4 == remainder ? $0 : nil }
          }
        )
      default: return .call(Sleep(random.next(below: 6)))
      }
    }
  }

  private struct Model: RunModel {
    struct Reader {
      let remainder: Int
      let deadline: Tick?
    }

    let wish: Wish
    let room: Int
    var boxes: [TaskID: [Int]] = [:]
    var readers: [TaskID: Reader] = [:]
    var cancelled: Set<TaskID> = []
    /// The answer that a task's call must get, as text; nil for an error.
    var answers: [TaskID: String?] = [:]
    var faults: [String] = []

    mutating func follow(_ event: Event) {
      let task = event.task
      switch event.action {
      case .spawned: boxes[task] = []
      case .dispatched: expire(at: event.tick)
      case .woke(because: "its time came"): expire(at: event.tick)
      case .trapped(let call):
        let words = call.arguments.split(separator: " ").compactMap { Int($0) }
        if call.name == "SendMessage" { send(words[0], to: TaskID(rawValue: words[1]), by: task) }
        if call.name == "ReceiveMessage" { receive(task, words.first, event.tick) }
      case .replied(let reply): compare(task, reply.description)
      case .refused: compare(task, nil)
      case .cancelled:
        cancelled.insert(task)
        if readers.removeValue(forKey: task) != nil { answers[task] = .some(nil) }
      case .killed, .exited:
        boxes[task] = nil
        readers[task] = nil
        answers[task] = nil
        cancelled.remove(task)
      default: break
      }
    }

    private mutating func expire(at tick: Tick) {
      for (task, reader) in readers where reader.deadline.map({ $0 <= tick }) ?? false {
        readers[task] = nil
        answers[task] = .some(nil)
      }
    }

    private mutating func send(_ value: Int, to target: TaskID, by task: TaskID) {
      guard let box = boxes[target] else { return answers[task] = "false" }
      answers[task] = "true"
      if let reader = readers[target], value % 4 == reader.remainder {
        readers[target] = nil
        answers[target] = "\(value)"
      } else if box.count < room {
        boxes[target]?.append(value)
      } else {
        answers[task] = .some(nil)
      }
    }

    private mutating func receive(_ task: TaskID, _ timeout: Int?, _ tick: Tick) {
      if cancelled.contains(task) { return answers[task] = .some(nil) }
      let remainder = wish.remainder
      if let index = boxes[task]?.firstIndex(where: { $0 % 4 == remainder }) {
        answers[task] = boxes[task].map { "\($0[index])" }
        boxes[task]?.remove(at: index)
      } else {
        readers[task] = Reader(remainder: remainder, deadline: timeout.map { tick + 1 + $0 })
      }
    }

    private mutating func compare(_ task: TaskID, _ answer: String?) {
      guard let expected = answers.removeValue(forKey: task) else { return }
      if expected != answer {
        faults.append("task \(task) got \(answer ?? "an error"), not \(expected ?? "an error")")
      }
    }

    mutating func takeFaults(_ scheduler: Scheduler) -> [String] {
      defer { faults = [] }
      let known = Dictionary(
        uniqueKeysWithValues: scheduler.objects.filter { $0.kind == "mailbox" }
          .map { ($0.name, $0) }
      )
      for (task, box) in boxes {
        let object = known["mailbox \(task)"]
        let count = box.count == 1 ? "1 message" : "\(box.count) messages"
        if object?.summary ?? "0 messages" != count {
          faults.append("task \(task) has \(object?.summary ?? "no mailbox"), not \(count)")
        }
        if (object?.waiters.isEmpty ?? true) != (readers[task] == nil) {
          faults.append("task \(task) " + (readers[task] == nil ? "waits" : "does not wait"))
        }
      }
      if known.count > boxes.count { faults.append("a mailbox has outlived its task") }
      return faults
    }
  }

  @Test(arguments: 1...4) func `each message arrives where it should`(seed: Int) throws {
    let wish = Wish()
    var limits = Limits()
    limits.mailbox = 5
    let scheduler = Scheduler(seed: UInt64(seed), limits: limits)
    try RandomRun(seed: seed, rounds: RandomRun.rounds, scheduler: scheduler)
      .check(Model(wish: wish, room: limits.mailbox)) { random, newest in
        Correspondent(
          wish: wish,
          around: newest.rawValue + 1,
          random: RandomSource(seed: UInt64(random.next(below: 1_000_000))),
          left: 5 + random.next(below: 40)
        )
      }
  }
}
