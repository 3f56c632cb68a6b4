import CorosKernel
import CorosSession
import CorosTestSupport
import Foundation
import Testing

@testable import CorosCommands
@testable import CorosShell

// The code of CONTRIBUTING.md, word for word.

extension Commands {
  /// Says how many tasks are alive.
  enum Headcount: SimpleCommand {
    static let manual = Manual(
      name: "headcount",
      summary: "say how many tasks are alive",
      usage: "headcount",
      group: .looking,
      details: "Tasks that have ended are not counted.",
      example: "headcount",
      seeAlso: ["ps"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["spawn count", "headcount"])

    struct Result: CommandResult, ResultObject {
      let tasks: Int

      static let fields: [ResultField<Self>] = [
        .number("tasks", "how many tasks are alive", \.tasks)
      ]

      func text(in look: Look) -> String { "\(tasks) alive" }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 0, manual)
      return Result(tasks: shell.scheduler.liveTaskCount)
    }
  }
}

@Suite(.timeLimit(.minutes(15))) struct ContributingDocumentation {
  @Test func `a command and its transcript`() throws {
    let page = URL(filePath: packageFolder).appending(path: "CONTRIBUTING.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let shown = try #require(text.components(separatedBy: "```text\n").dropFirst().first)
    let transcript = Transcript(parsing: shown.components(separatedBy: "```")[0])
    let commands = CommandTable(CommandTable.all.entries + [Commands.Headcount.self])
    #expect(transcript.sections.count == 2)
    #expect(transcript.replayed(with: commands).text == transcript.text)
  }
}
