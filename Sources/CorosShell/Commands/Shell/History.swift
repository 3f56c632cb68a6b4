import CorosHistory
import CorosSession

extension Commands {
  /// Lists the lines that were typed.
  enum History: SimpleCommand {
    static let manual = Manual(
      name: "history",
      summary: "list the lines you have typed",
      usage: "history [N] | --ticks",
      group: .shell,
      details: """
        Lists the last N lines (default: 20). They are kept from one session to the next: the up arrow \
        recalls them, and Ctrl-R searches them; a definition of several lines is one entry. A line that begins with a \
        space is not kept. --ticks lists instead what you have done to the machine on the way to the present, and at \
        which tick.
        """,
      example: "history 5",
      seeAlso: ["source", "events", "branches"],
      options: [.init("--ticks", nil, "what you have done to the machine, and when")],
      completion: [.nothing]
    )

    static let isLooking = true

    /// It only tells something.
    static func access(hasWords: Bool) -> GuestAccess { .present }

    static let reference = Reference(
      notes: "In a script there are no such lines.",
      demonstration: ["spawn count; step 2; kill 1", "history", "history --ticks"]
    )

    typealias Result = EitherResult<Lines, Deeds>

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      if try OptionWords(invocation, manual).has("--ticks") {
        try invocation.allow(atMost: 1, manual)
        return .second(
          Deeds(deeds: shell.machine.deeds.map { .init(tick: $0.tick, what: $0.label) })
        )
      }
      try invocation.allow(atMost: 1, manual)
      let count =
        invocation.arguments.isEmpty
        ? 20 : try invocation.integer(0, "the number of lines", in: 1...1_000_000)
      return .first(
        Lines(
          lines: shell.history.suffix(count),
          earlierLines: max(0, shell.history.count - count)
        )
      )
    }

    struct Lines: CommandResult, ResultObject {
      let lines: [String]
      /// The number of lines before them.
      let earlierLines: Int

      static let fields: [ResultField<Self>] = [
        .texts("lines", "the last lines, oldest first", \.lines)
      ]

      func text(in look: Look) -> String {
        if lines.isEmpty { return "nothing has been typed at a prompt yet" }
        let width = String(earlierLines + lines.count).count
        return lines.enumerated().map { index, line in
          let number = String(earlierLines + index + 1)
          let padding = String(repeating: " ", count: width - number.count)
          // A definition of several lines stands below its first.
          let text = line.replacing("\n", with: "\n" + String(repeating: " ", count: width + 2))
          return look.style.paint(padding + number, .faint) + "  \(text)\n"
        }.joined()
      }
    }

    /// What the operator has done to the machine.
    struct Deeds: CommandResult, ResultObject {
      let deeds: [Deed]

      static let occasion = "With --ticks:"
      static let fields: [ResultField<Self>] = [
        .objects("deeds", "what you have done, oldest first", \.deeds)
      ]

      func text(in look: Look) -> String {
        deeds.isEmpty ? "you have done nothing to the machine yet" : look.table(of: deeds)
      }

      struct Deed: ListingRow {
        let tick: Int
        let what: String

        static let fields: [ResultField<Self>] = [
          .number("tick", "the tick before which it was done", \.tick),
          .text("what", "what was done, as journals have it", \.what),
        ]

        static let columns: [TextTable.Column] = [.init("TICK", .right), .init("WHAT")]
        var cells: [TextTable.Cell] { [.init(tick), .init(what)] }
      }
    }
  }
}
