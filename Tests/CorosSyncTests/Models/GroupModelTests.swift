import CorosKernel
import CorosSync
import Testing

/// Groups at random, beside a model of who belongs to whom and who takes whom along.
@Suite(.timeLimit(.minutes(15))) struct GroupModelTests {
  private struct Worker: StateMachine {
    var random: RandomSource
    var left: Int

    mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error) = resumption { return .threw(error) }
      guard left > 0 else { return random.next(below: 4) == 0 ? .call(Exit(7)) : .returned }
      left -= 1
      return .call(Sleep(random.next(below: 7)))
    }
  }

  /// Opens a group, adds workers and servants, and closes it; again and again.
  private struct Owner: StateMachine {
    var random: RandomSource
    var left: Int
    var group: Group?

    mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error as Termination) = resumption { return .threw(error) }
      if case .reply(let reply as Group) = resumption { group = reply }
      guard left > 0 else { return .returned }
      left -= 1
      guard let group else { return .call(OpenGroup()) }
      switch random.next(below: 8) {
      case 0...3:
        let worker = Worker(
          random: RandomSource(seed: UInt64(random.next(below: 1_000_000))),
          left: random.next(below: 12)
        )
        let isServant = random.next(below: 4) == 0
        return .call(SpawnInGroup(group, "worker", asServant: isServant, .machine(worker)))
      case 4:
        self.group = nil
        return .call(CloseGroup(group))
      case 5 where random.next(below: 3) == 0: return .call(CancelGroup(group))
      default: return .call(Sleep(random.next(below: 5)))
      }
    }
  }

  private struct Model: RunModel {
    struct Member {
      let owner: TaskID
      let isServant: Bool
    }

    struct Circle {
      var isClosing = false
      var isCancelled = false
      /// What must be told when it is closed.
      var failures: [TaskID] = []
    }

    /// The open group of each owner; here none has two.
    var circles: [TaskID: Circle] = [:]
    var members: [TaskID: Member] = [:]
    var spawning: [TaskID: Bool] = [:]
    var closing: Set<TaskID> = []
    /// Who must have been cancelled, or killed, when the step is over.
    var due: [TaskID: String] = [:]
    var cancelled: Set<TaskID> = []
    var faults: [String] = []

    private func children(of owner: TaskID) -> [TaskID] {
      members.filter { $0.value.owner == owner }.map(\.key)
    }

    mutating func follow(_ event: Event) {
      let task = event.task
      switch event.action {
      case .spawned(_, let parent):
        if let isServant = spawning.removeValue(forKey: parent) {
          members[task] = Member(owner: parent, isServant: isServant)
          if circles[parent]?.isCancelled == true { due[task] = "cancelled" }
        }
      case .trapped(let call):
        switch call.name {
        case "SpawnInGroup": spawning[task] = call.arguments.hasSuffix(", servant")
        case "CancelGroup": cancel(task)
        case "CloseGroup": close(task)
        default: break
        }
      case .replied(let reply):
        spawning[task] = nil
        if reply.description.hasPrefix("object "), circles[task] == nil { circles[task] = Circle() }
        if closing.remove(task) != nil { end(task) }
      case .refused: spawning[task] = nil
      case .cancelled:
        cancelled.insert(task)
        due[task] = nil
        // A closing owner passes it on to its children.
        if circles[task]?.isClosing == true { cancel(task) }
      case .exited(let status): leave(task, status)
      default: break
      }
    }

    private mutating func cancel(_ owner: TaskID) {
      guard circles[owner]?.isCancelled == false else { return }
      circles[owner]?.isCancelled = true
      for child in children(of: owner) where !cancelled.contains(child) { due[child] = "cancelled" }
    }

    private mutating func close(_ owner: TaskID) {
      circles[owner]?.isClosing = true
      closing.insert(owner)
      if cancelled.contains(owner) { cancel(owner) }
      dismiss(owner)
    }

    /// Servants go when nobody is left to serve.
    private mutating func dismiss(_ owner: TaskID) {
      let left = children(of: owner)
      if circles[owner]?.isClosing == true, !left.isEmpty,
        left.allSatisfy({ members[$0]?.isServant == true })
      {
        cancel(owner)
      }
    }

    private mutating func end(_ owner: TaskID) {
      if !children(of: owner).isEmpty { faults.append("the group of \(owner) closed too early") }
      circles[owner] = nil
    }

    private mutating func leave(_ task: TaskID, _ status: CorosKernel.ExitStatus) {
      due[task] = nil
      cancelled.remove(task)
      closing.remove(task)
      // An owner that ends takes its children along.
      if circles.removeValue(forKey: task) != nil {
        for child in children(of: task) { due[child] = "killed" }
      }
      guard let member = members.removeValue(forKey: task), circles[member.owner] != nil else {
        return
      }
      switch status {
      case .exited(0), .cancelled: break
      default:
        circles[member.owner]?.failures.append(task)
        cancel(member.owner)
      }
      dismiss(member.owner)
    }

    mutating func takeFaults(_ scheduler: Scheduler) -> [String] {
      defer {
        faults = []
        due = [:]
      }
      for (task, what) in due.sorted(by: { $0.key < $1.key }) {
        faults.append("task \(task) was not \(what)")
      }
      for owner in closing where children(of: owner).isEmpty {
        faults.append("the group of \(owner) is empty, and not closed")
      }
      let count = scheduler.objects.count { $0.kind == "group" }
      if count != circles.count { faults.append("there are \(count) groups, not \(circles.count)") }
      return faults
    }
  }

  @Test(arguments: 1...4) func `who belongs together ends together`(seed: Int) throws {
    try RandomRun(
      seed: seed,
      rounds: RandomRun.rounds,
      tasks: 4,
      scheduler: Scheduler(seed: UInt64(seed))
    ).check(Model()) { random, _ in
      Owner(
        random: RandomSource(seed: UInt64(random.next(below: 1_000_000))),
        left: 10 + random.next(below: 60)
      )
    }
  }
}
