import CorosFiles
import CorosHistory
import CorosKernel
import CorosLanguage

extension Commands {
  /// Goes forward along the recorded future.
  enum Forward: PrintingCommand {
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
      results: [.journey],
      demonstration: ["spawn count 3; step 3; back 2", "forward"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 1, manual)
      let count =
        invocation.arguments.isEmpty
        ? 1 : try invocation.integer(0, "the number of steps", in: 1...Int.max)
      guard shell.machine.ahead > 0 else {
        throw CommandFailure(
          "nothing is recorded beyond this step",
          at: invocation.name.range,
          hint: "`step` and `run` go on"
        )
      }
      try shell.travel("forward", invocation, "forward") { machine throws(Divergence) in
        try machine.forward(count)
      }
    }
  }
}
