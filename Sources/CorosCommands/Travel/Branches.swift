import CorosHistory
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Lists the branches.
  enum Branches: SimpleCommand {
    static let manual = Manual(
      name: "branches",
      summary: "list the futures that you have made",
      usage: "branches",
      group: .travel,
      details: """
        A command that changes something in the past starts a branch, and the recorded future stays. FROM is \
        the branch and the tick at which it begins, UNTIL is how far it is recorded, and a star marks the \
        present branch.
        """,
      example: "branches",
      seeAlso: ["branch", "back", "diff"],
      completion: [.nothing]
    )

    static let isLooking = true

    /// It only tells something.
    static func access(hasWords: Bool) -> GuestAccess { .present }

    static let reference = Reference(
      demonstration: ["spawn count 2; run; back 2; kill 1", "branches"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 0, manual)
      return Result(branches: shell.machine.branchList.map(Row.init))
    }

    struct Result: CommandResult, ResultObject {
      let branches: [Row]

      static let fields: [ResultField<Self>] = [
        .objects("branches", "one object per branch", \.branches)
      ]

      func text(in look: Look) -> String { look.table(of: branches) }
    }

    struct Row: ListingRow {
      let branch: CorosHistory.Branch

      static let fields: [ResultField<Self>] = [
        .number("branch", "its number", \.branch.number),
        .numberOrNull(
          "parent",
          "its parent branch, null for the first",
          \.branch.parent
        ),
        .number("from", "the tick at which it begins", \.branch.forkTick),
        .number("until", "the tick until which it is recorded", \.branch.lastTick),
        .truth("current", "whether it is the present one", \.branch.isCurrent),
        .textOrNull("first", "the first command on it", \.branch.firstAct),
      ]

      static let columns: [TextTable.Column] = [
        .init("BRANCH", .right), .init("FROM"), .init("UNTIL", .right), .init("FIRST COMMAND"),
      ]

      var cells: [TextTable.Cell] {
        let number = branch.isCurrent ? "*\(branch.number)" : "\(branch.number)"
        let from = branch.parent.map { "\($0) at tick \(branch.forkTick)" } ?? "-"
        return [
          .init(number, branch.isCurrent ? .heading : .plain), .init(from),
          .init(branch.lastTick), .init(branch.firstAct.map { excerpt(of: $0) } ?? "-"),
        ]
      }
    }
  }
}
