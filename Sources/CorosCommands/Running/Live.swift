import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Runs the machine while the user types.
  enum Live: ShellCommand {
    static let manual = Manual(
      name: "live",
      summary: "let the machine run while you type",
      usage: "live on [RATE] | off",
      group: .running,
      details: """
        What tasks write appears above the prompt, and the line that you are typing stays as it is. Every \
        command works. RATE is in ticks per second (default: 20).
        """,
      example: "live on 5",
      seeAlso: ["run", "clock"],
      completion: [.words(["on", "off"]), .nothing]
    )

    static let reference = Reference(demonstration: ["live"])

    struct Result: CommandResult {
      /// The rate from now on; nil if live mode is off.
      let rate: Int?

      static var lines: [ResultLine] {
        [
          ResultLine([
            .init("ticks_per_second", .orNull(.number), "the rate, or null if live mode is off")
          ]),
          ResultLine("As soon as nothing can run, or a breakpoint is hit:", LiveEnd.keys),
        ]
      }

      var members: [(String, JSON)] { [("ticks_per_second", .int(rate))] }

      func text(in look: Look) -> String {
        rate.map { "live: \($0) ticks a second" } ?? "live: off"
      }
    }

    /// Without words it only tells something.
    static func access(hasWords: Bool) -> GuestAccess { hasWords ? .changing : .present }

    /// Whether it was typed at another terminal, for a machine at whose own prompt it can run.
    private static func isGuestOfPerson(_ shell: Shell) -> Bool {
      shell.isAnsweringGuest && shell.visitors?.hasOwner == true
    }

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<Result>
    ) throws(CommandFailure) {
      try invocation.allow(atMost: 2, manual)
      switch invocation.arguments.first?.text {
      case "on"?:
        guard shell.settings.isInteractive || isGuestOfPerson(shell) else {
          throw CommandFailure(
            "live needs a person at a terminal",
            at: invocation.name.range,
            hint: "in a script, `run` does the same without waiting"
          )
        }
        let rate =
          invocation.arguments.count > 1
          ? try invocation.integer(1, "the rate", in: 1...1_000_000) : LiveMode.standardRate
        shell.session.live.start(rate: rate)
      case "off"?:
        try invocation.allow(atMost: 1, manual)
        shell.session.live.stop()
      case nil:
        break
      default:
        throw CommandFailure(
          "live is on or off",
          at: invocation.arguments[0].range,
          hint: "usage: \(manual.usage)"
        )
      }
      results.add(Result(rate: shell.session.live.rate))
    }
  }
}
