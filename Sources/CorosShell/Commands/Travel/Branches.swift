import CorosFiles
import CorosHistory
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Lists the futures there are.
  enum Branches: PrintingCommand {
    static let manual = Manual(
      name: "branches",
      summary: "list the futures that you have made",
      usage: "branches",
      group: .travel,
      details: """
        A command that changes something in the past begins a branch, and what was recorded before it \
        stays. FROM says which branch it began from, and at which tick; UNTIL is how far it is recorded; \
        the one with a star is the present one.
        """,
      example: "branches",
      seeAlso: ["branch", "back", "diff"],
      completion: [.nothing]
    )

    static let reference = Reference(
      results: [
        ResultLine([
          .init(
            "branches",
            .objects([
              .init("branch", .number, "its number"),
              .init(
                "parent",
                .orNull(.number),
                "the branch from which it began, null for the first"
              ),
              .init("from", .number, "the tick at which it began"),
              .init("until", .number, "the tick until which it is recorded"),
              .init("current", .truth, "whether it is the present one"),
              .init("first", .orNull(.text), "the first command on it"),
            ]),
            "one for each"
          )
        ])
      ],
      demonstration: ["spawn count 2; run; back 2; kill 1", "branches"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 0, manual)
      let branches = shell.machine.branchList
      shell.report(["command": "branches", "branches": .array(branches.map(json))]) {
        var table = TextTable(
          [.init("BRANCH", .right), .init("FROM"), .init("UNTIL", .right), .init("FIRST COMMAND")],
          style: shell.style
        )
        for branch in branches {
          let number = branch.isCurrent ? "*\(branch.number)" : "\(branch.number)"
          let from = branch.parent.map { "\($0) at tick \(branch.forkTick)" } ?? "-"
          table.append([
            .init(number, branch.isCurrent ? .heading : .plain), .init(from),
            .init(branch.lastTick),
            .init(branch.firstAct.map { excerpt(of: $0) } ?? "-"),
          ])
        }
        return table.takeText()
      }
    }

    private static func json(_ branch: CorosHistory.Branch) -> JSON {
      [
        "branch": .int(branch.number), "parent": .int(branch.parent), "from": .int(branch.forkTick),
        "until": .int(branch.lastTick), "current": .bool(branch.isCurrent),
        "first": .string(branch.firstAct),
      ]
    }
  }
}
