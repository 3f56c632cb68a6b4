import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Goes forward along the recorded future.
  enum Forward: TravelCommand {
    static let manual = Manual(
      name: "forward",
      summary: "go forward along the recorded future",
      usage: "forward [N]",
      group: .travel,
      details: """
        Goes N steps forward (default: 1) without showing them: `step` goes the same way and shows them. At \
        the end of the recorded future, `run` goes on.
        """,
      example: "forward 3",
      seeAlso: ["back", "goto", "step"],
      completion: [.nothing]
    )

    static let reference = Reference(
      demonstration: ["spawn count 3; step 3; back 2", "forward"]
    )

    static func destination(
      _ invocation: Invocation,
      in shell: Shell
    ) throws(CommandFailure) -> (Destination, place: SourceRange) {
      (.forward(try stepCount(invocation, in: shell)), invocation.name.range)
    }
  }
}
