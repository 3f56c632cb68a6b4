import CorosHistory
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Lists the lines that were typed.
  enum History: SimpleCommand {
    static let manual = Manual(
      name: "history",
      summary: "list the lines you have typed, or those with a text",
      usage: "history [N | TEXT ...] | --ticks",
      group: .shell,
      details: """
        Lists the last N lines (default: 20), or all that contain the TEXT. They are kept from one session to the next: \
        the up arrow recalls them, and Ctrl-R searches them; a definition of several lines is one entry. At the prompt, \
        `!!` repeats the last line, `!7` the seventh, and `!sp` the last that begins with `sp`; what follows is added. A \
        line that begins with a space is not kept. --ticks lists instead what you have done to the machine on the way to the present, and at \
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
      let words = invocation.arguments
      let all = shell.history.indices
      if let first = words.first, words.count > 1 || Int(first.text) == nil {
        let text = words.map(\.text).joined(separator: " ")
        // Not the line that asks.
        let last = shell.history.last == invocation.line ? all.last : nil
        let found = all.filter { $0 != last && shell.history[$0].contains(text) }
        return .first(Lines(of: shell, found, looksFor: text))
      }
      let count =
        words.isEmpty ? 20 : try invocation.integer(0, "the number of lines", in: 1...1_000_000)
      return .first(Lines(of: shell, Array(all.suffix(count))))
    }

    struct Lines: CommandResult, ResultObject {
      let lines: [String]
      let numbers: [Int]
      private let text: String?

      /// Takes some lines of the history.
      init(of shell: Shell, _ indices: [Int], looksFor text: String? = nil) {
        lines = indices.map { shell.history[$0] }
        numbers = indices.map { $0 + 1 }
        self.text = text
      }

      static let fields: [ResultField<Self>] = [
        .texts("lines", "the lines, oldest first", \.lines),
        .numbers("numbers", "the number of each", \.numbers),
      ]

      func text(in look: Look) -> String {
        if lines.isEmpty {
          return text.map { "no line contains '\(excerpt(of: $0))'" }
            ?? "nothing has been typed at a prompt yet"
        }
        let width = String(numbers.last ?? 0).count
        return zip(numbers, lines).map { number, line in
          let number = String(number)
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
