import CorosFiles
import CorosHistory
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Goes to a tick, a bookmark, or the last run of a task.
  enum Goto: PrintingCommand {
    static let manual = Manual(
      name: "goto",
      summary: "go to a tick, a bookmark, or a task's last run",
      usage: "goto TICK | BOOKMARK | last TID",
      group: .travel,
      details: """
        TICK may lie before or ahead, as far as anything is recorded; when the clock jumped over it, one \
        stands where it jumped. `goto last TID` leads to where that task was last given the CPU: the next \
        `step` is its step, and the same command once more leads to the time before.
        """,
      example: "goto last 1",
      seeAlso: ["back", "forward", "bookmark"],
      completion: [.bookmark, .anyTask, .nothing]
    )

    static let reference = Reference(
      results: [.journey],
      demonstration: ["spawn count 3; step 3", "goto 1"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      guard let first = invocation.arguments.first else {
        throw CommandFailure(
          "goto needs a tick, a bookmark, or `last` and a task",
          at: invocation.name.range,
          hint: "usage: \(manual.usage)"
        )
      }
      try invocation.allow(atMost: first.text == "last" ? 2 : 1, manual)
      if first.text == "last" { return try goToLastRun(invocation, shell) }
      if first.text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
        return try goToTick(invocation, shell)
      }
      let name = first.text
      guard let bookmark = shell.machine.bookmarkList.first(where: { $0.name == name }) else {
        let names = shell.machine.bookmarkList.map(\.name)
        throw CommandFailure(
          "there is no bookmark '\(excerpt(of: name))'",
          at: first.range,
          hint: Suggestion.question(for: name, among: names)
            ?? "`bookmark NAME` sets one, and `goto TICK` needs none"
        )
      }
      try shell.travel("goto", invocation, "\(bookmark.name):") { machine throws(Divergence) in
        try machine.go(toBookmark: name)
      }
    }

    private static func goToTick(
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) {
      let tick = try invocation.integer(0, "the tick", in: 0...Tick.max)
      let last = shell.machine.tick(atMoment: shell.machine.lastMoment)
      guard tick <= last else {
        throw CommandFailure(
          "nothing is recorded of tick \(tick): the last is \(last)",
          at: invocation.arguments[0].range,
          hint: "`run` goes on from there"
        )
      }
      try shell.travel("goto", invocation, "now") { machine throws(Divergence) in
        try machine.go(toTick: tick)
      }
    }

    private static func goToLastRun(
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) {
      guard invocation.arguments.count == 2 else { throw invocation.needsTask(manual) }
      let tid = try invocation.tid(1, in: shell)
      guard let moment = shell.machine.moment(ofLastRunOf: tid) else {
        throw CommandFailure(
          "task \(tid) has not run before tick \(shell.scheduler.now)",
          at: invocation.arguments[1].range,
          hint: "`ps -a` shows who has"
        )
      }
      try shell.travel("goto", invocation, "before the last step of task \(tid),") {
        machine throws(Divergence) in
        try machine.go(to: moment)
      }
    }
  }
}
