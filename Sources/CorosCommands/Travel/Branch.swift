import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Goes to the end of another branch.
  enum Branch: TravelCommand {
    static let manual = Manual(
      name: "branch",
      summary: "go to the end of another branch",
      usage: "branch N",
      group: .travel,
      details: """
        `branches` lists the branches with their numbers. The present branch stays, and you can go back to \
        it in the same way.
        """,
      example: "branch 1",
      seeAlso: ["branches", "back", "diff"],
      completion: [.nothing]
    )

    static let reference = Reference(
      demonstration: ["spawn count 2; run; back 2; kill 1", "branch 1"]
    )

    static func destination(
      _ invocation: Invocation,
      in shell: Shell
    ) throws(CommandFailure) -> (Destination, place: SourceRange) {
      guard !invocation.arguments.isEmpty else {
        throw CommandFailure(
          "branch needs the number of a branch",
          at: invocation.name.range,
          hint: "`branches` lists them"
        )
      }
      try invocation.allow(atMost: 1, manual)
      let number = try invocation.integer(0, "the branch", in: 1...Int.max)
      return (.branch(number), invocation.arguments[0].range)
    }
  }
}
