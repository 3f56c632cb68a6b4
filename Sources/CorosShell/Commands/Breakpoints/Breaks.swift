import CorosFiles
import CorosHistory
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Lists the breakpoints.
  enum Breaks: PrintingCommand {
    static let manual = Manual(
      name: "breaks",
      summary: "list breakpoints and watchpoints",
      usage: "breaks",
      group: .breakpoints,
      details: """
        HITS is how often each was hit going forward, also when it was passed over. Going back counts \
        nothing.
        """,
      example: "breaks",
      seeAlso: ["break", "watch", "delete", "enable", "disable"],
      completion: [.nothing]
    )

    static let reference = Reference(
      results: [
        ResultLine([
          .init(
            "breakpoints",
            .objects([
              .init("breakpoint", .number, "its number"),
              .init("kind", .word(["breakpoint", "watchpoint"]), "how it was set"),
              .init("what", .text, "when it stops, in words"),
              .init("hits", .number, "how often it was hit going forward, also where passed over"),
              .init("enabled", .truth, "whether it stops anything at present"),
              .init("once", .truth, "whether it is gone after its first stop"),
              .init("ignore", .number, "how many more times it is passed over"),
              .init("do", .orNull(.text), "the commands that are run at each stop"),
            ]),
            "all there are, the oldest first"
          )
        ])
      ],
      demonstration: ["break exit --once --ignore 1 --do ps", "breaks"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 0, manual)
      let all = shell.machine.breakpoints.all
      shell.report([
        "command": "breaks",
        "breakpoints": .array(all.map { json($0, shell.session.breakpointNotes) }),
      ]) {
        if all.isEmpty { return "no breakpoints; `break` and `watch` set them" }
        var table = TextTable(
          [.init("NUMBER", .right), .init("STOPS WHEN"), .init("HITS", .right), .init("REMARKS")],
          style: shell.style
        )
        for breakpoint in all {
          let note = shell.session.breakpointNotes[breakpoint.number]
          table.append([
            .init("\(breakpoint.number)", breakpoint.isEnabled ? .heading : .faint),
            .init(excerpt(of: note?.what ?? "", limit: 100)), .init(breakpoint.hits),
            .init(remarks(breakpoint, note)),
          ])
        }
        return table.takeText()
      }
    }

    private static func remarks(_ breakpoint: Breakpoint, _ note: BreakpointNote?) -> String {
      var remarks: [String] = []
      if !breakpoint.isEnabled { remarks.append("disabled") }
      if breakpoint.isTemporary { remarks.append("once") }
      if breakpoint.ignoreCount > 0 { remarks.append("passes over \(breakpoint.ignoreCount) more") }
      if let commands = note?.commands {
        remarks.append("does " + excerpt(of: commands, limit: 60))
      }
      return remarks.joined(separator: "; ")
    }

    private static func json(_ breakpoint: Breakpoint, _ notes: BreakpointNotes) -> JSON {
      let note = notes[breakpoint.number]
      return [
        "breakpoint": .int(breakpoint.number), "kind": .string(note?.kind.rawValue),
        "what": .string(note?.what), "hits": .int(breakpoint.hits),
        "enabled": .bool(breakpoint.isEnabled), "once": .bool(breakpoint.isTemporary),
        "ignore": .int(breakpoint.ignoreCount), "do": .string(note?.commands),
      ]
    }
  }
}

extension Shell {
  /// Does something to the breakpoints that a command names: all of them, or some by their numbers.
  ///
  /// - Parameters:
  ///   - invocation: The command; if one of its numbers is wrong, nothing is done.
  ///   - manual: The command's page.
  ///   - done: What is said of each: `deleted`.
  ///   - change: Does it.
  /// - Throws: What is wrong with the numbers.
  func changeBreakpoints(
    _ invocation: Invocation,
    _ manual: Manual,
    _ done: String,
    _ change: (inout Breakpoint?) -> Void
  ) throws(CommandFailure) {
    let numbers = try breakpoints(namedBy: invocation, manual)
    for number in numbers { change(&machine.breakpoints[number]) }
    report([
      "command": .string(manual.name), "breakpoints": .array(numbers.map { .int($0) }),
    ]) {
      switch numbers.count {
      case 0: "no breakpoints"
      case 1: "breakpoint \(numbers[0]) \(done)"
      default: "breakpoints \(numbers.map(\.description).joined(separator: ", ")) \(done)"
      }
    }
  }

  private func breakpoints(
    namedBy invocation: Invocation,
    _ manual: Manual
  ) throws(CommandFailure) -> [Int] {
    let all = machine.breakpoints.all.map(\.number)
    guard let first = invocation.arguments.first else {
      throw CommandFailure(
        "\(manual.name) needs the number of a breakpoint, or `all`",
        at: invocation.name.range,
        hint: "`breaks` lists them"
      )
    }
    if first.text == "all" {
      try invocation.allow(atMost: 1, manual)
      return all
    }
    var numbers: [Int] = []
    for index in invocation.arguments.indices {
      let number = try invocation.integer(index, "the number of a breakpoint", in: 1...Int.max)
      guard all.contains(number) else {
        throw CommandFailure(
          "there is no breakpoint \(number)",
          at: invocation.arguments[index].range,
          hint: all.isEmpty ? "none is set; `break` and `watch` do that" : "`breaks` lists them"
        )
      }
      if !numbers.contains(number) { numbers.append(number) }
    }
    return numbers
  }
}
