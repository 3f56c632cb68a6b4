import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Shows or sets the seed of the random numbers.
  enum Seed: SimpleCommand {
    static let manual = Manual(
      name: "seed",
      summary: "show or set the seed of the random numbers",
      usage: "seed [N]",
      group: .machine,
      details: """
        Tasks that ask the kernel for random numbers get the same numbers from the same seed, on every \
        machine. Setting the seed restarts the sequence.
        """,
      example: "seed 42",
      seeAlso: ["reset", "policy"],
      completion: [.nothing]
    )

    /// Without words it only tells something.
    static func access(hasWords: Bool) -> GuestAccess { hasWords ? .changing : .present }

    static let reference = Reference(demonstration: ["seed 42"])

    struct Result: CommandResult, ResultObject {
      let seed: UInt64

      static let fields: [ResultField<Self>] = [
        ResultField("seed", .number, "the seed now, from 0 to \(UInt64.max)") {
          .unsigned($0.seed)
        }
      ]

      func text(in look: Look) -> String { "seed \(seed)" }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 1, manual)
      if !invocation.arguments.isEmpty { shell.session.reseed(try invocation.seed(0)) }
      return Result(seed: shell.scheduler.seed)
    }
  }
}
