import CorosLanguage
import CorosSession

extension Commands {
  /// Goes forward along the recorded future.
  enum Forward: TravelCommand {
    static let manual = Manual(
      name: "forward",
      summary: "go forward again, along the recorded future",
      usage: "forward [N]",
      group: .travel,
      details: """
        By N steps, 1 unless you say otherwise, without a word of what happens meanwhile: `step` goes the \
        same way and tells. At the end of what was recorded there is nothing to go forward to; `run` goes \
        on from there.
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
      (.forward(try stepCount(invocation)), invocation.name.range)
    }
  }
}
