import CorosHistory
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Lists the breakpoints.
  enum Breaks: SimpleCommand {
    static let manual = Manual(
      name: "breaks",
      summary: "list breakpoints and watchpoints",
      usage: "breaks",
      group: .breakpoints,
      details: """
        HITS counts how often each was hit while the machine went forward, including the hits that were \
        ignored.
        """,
      example: "breaks",
      seeAlso: ["break", "watch", "delete", "enable", "disable"],
      completion: [.nothing]
    )

    static let isLooking = true

    /// It only tells something.
    static func access(hasWords: Bool) -> GuestAccess { .present }

    static let reference = Reference(
      demonstration: ["break exit --once --ignore 1 --do ps", "breaks"]
    )

    struct Result: CommandResult, ResultObject {
      let breakpoints: [BreakpointInfo]

      static let fields: [ResultField<Self>] = [
        .objects("breakpoints", "all breakpoints, oldest first") { $0.breakpoints }
      ]

      func text(in look: Look) -> String {
        if breakpoints.isEmpty { return "no breakpoints; `break` and `watch` set them" }
        var table = TextTable(
          [.init("NUMBER", .right), .init("STOPS WHEN"), .init("HITS", .right), .init("REMARKS")],
          style: look.style
        )
        for info in breakpoints {
          let breakpoint = info.breakpoint
          table.append([
            .init("\(breakpoint.number)", breakpoint.isEnabled ? .heading : .faint),
            .init(excerpt(of: info.note.what, limit: 100)), .init(breakpoint.hits),
            .init(Self.remarks(on: info)),
          ])
        }
        return table.takeText()
      }

      private static func remarks(on info: BreakpointInfo) -> String {
        var remarks: [String] = []
        let breakpoint = info.breakpoint
        if !breakpoint.isEnabled { remarks.append("disabled") }
        if breakpoint.isTemporary { remarks.append("once") }
        if breakpoint.isLogging { remarks.append("only shown") }
        if breakpoint.ignoreCount > 0 {
          remarks.append("ignores \(breakpoint.ignoreCount) more")
        }
        if let commands = info.note.commands {
          remarks.append("does " + excerpt(of: commands, limit: 60))
        }
        return remarks.joined(separator: "; ")
      }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 0, manual)
      return Result(breakpoints: shell.session.breakpoints)
    }
  }
}
