import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Watches who has the CPU.
  enum Top: SimpleCommand {
    static let manual = Manual(
      name: "top",
      summary: "watch who has the CPU, in a table that refreshes",
      usage: "top \(TopColumn.usage) \(Page.usage)",
      group: .looking,
      details: """
        One line per live task, with the percentage of the ticks since its arrival in which it ran, its ticks of CPU, \
        those in which it was ready and did not run, and those in which it waited for anything else. The tasks stand \
        in the order of COLUMN: tid, name, state, cpu (as by itself), run, wait or blocked.

        At a terminal the table has the whole screen, and changes as live mode runs the machine: arrows choose the \
        column, and so does a click on its heading, r reverses the order, space makes a step, q ends. In a script, and with -n or -p, it is printed once.
        """,
      example: "top --sort wait",
      seeAlso: ["ps", "stats", "live", "stepper"],
      completion: [.words(["--sort", "-n", "-p"]), .words(TopColumn.allCases.map(\.rawValue))]
    )

    /// It has the screen itself.
    static let isLooking = false

    /// It looks.
    static func access(hasWords: Bool) -> GuestAccess { .present }

    static let reference = Reference(
      notes: Page.notes,
      demonstration: ["spawn spin; spawn clock 3; spawn count 9; run 20", "top", "top --sort wait"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      var invocation = invocation
      let count = invocation.arguments.count
      let page = try Page(from: &invocation, isJSON: shell.settings.isJSON, manual)
      let isPaged = invocation.arguments.count < count
      let column = try TopColumn.take(from: &invocation, manual) ?? .cpu
      try invocation.allow(atMost: 0, manual)
      if !isPaged, !shell.settings.isJSON, shell.settings.isInteractive, shell.host.hasScreen,
        !shell.monitor.isMuted, show(sortedBy: column, in: shell)
      {
        return Result(tick: shell.scheduler.now, column: column, rows: nil, footer: "")
      }
      return shell.asOfNow {
        let table = TopTable(shell.scheduler, sortedBy: column)
        let rows = table.rows.enumerated().filter { page.contains($0.offset) }.map(\.element)
        let footer = page.footer(total: table.rows.count)
        return Result(tick: table.tick, column: column, rows: rows, footer: footer)
      }
    }

    /// Shows the table on the whole screen; false if it cannot be had.
    private static func show(sortedBy column: TopColumn, in shell: Shell) -> Bool {
      let screen = TopScreen(shell, sortedBy: column)
      defer { screen.close() }
      do throws(FullScreenRefusal) {
        try shell.host.runFullScreen(screen)
        return true
      } catch {
        return false
      }
    }

    struct Result: CommandResult, ResultObject {
      let tick: Tick
      let column: TopColumn
      /// nil where they have been shown on the screen.
      let rows: [TopRow]?
      let footer: String

      static let fields: [ResultField<Self>] = [
        .number("tick", "the tick now", \.tick),
        .word("sort", of: TopColumn.allCases.map(\.rawValue), "the column that they are sorted by")
        {
          $0.column.rawValue
        },
        .objects("tasks", "the live tasks") { $0.rows ?? [] },
      ]

      func text(in look: Look) -> String {
        guard let rows else { return "" }
        if rows.isEmpty { return "no live tasks" }
        return look.table(of: rows) + look.style.paint(footer, .faint)
      }
    }
  }
}
