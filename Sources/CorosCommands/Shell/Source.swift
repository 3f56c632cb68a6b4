import CorosFiles
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Runs the commands of a file.
  enum Source: ShellCommand {
    static let manual = Manual(
      name: "source",
      summary: "run the commands of a file",
      usage: "source FILE [ARG ...]",
      group: .shell,
      details: """
        Runs one line after the other as if you typed it, until the first line that fails. $1, $2, ... are \
        the ARGs, $# is their number, and $@ stands for all of them.
        """,
      example: "source Examples/family.coros",
      seeAlso: ["assert", "echo"],
      completion: [.fileOf([".coros"])]
    )

    static let reference = Reference(
      notes: "The line comes after those of the commands in the file.",
      demonstration: ["source count.coros 2"],
      files: [("count.coros", "spawn count $1\nwait $!\n")]
    )

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<Result>
    ) throws(CommandFailure) {
      guard let file = invocation.arguments.first else {
        throw CommandFailure(
          "source needs a file",
          at: invocation.name.range,
          hint: "usage: \(manual.usage)"
        )
      }
      let status: Int
      do throws(FileError) {
        status = try shell.runScript(
          try shell.files.open(file.text),
          name: file.text,
          arguments: invocation.arguments.dropFirst().map(\.text)
        )
      } catch {
        throw CommandFailure(error, at: file.range)
      }
      if shell.exitStatus != nil { return }
      if status != 0 {
        // The failure has already been reported, with its place.
        let what = status == CommandFailure.interruptedStatus ? "was interrupted" : "failed"
        throw CommandFailure("\(excerpt(of: file.text, limit: 200)) \(what)", status: status)
      }
      if !shell.isChecking { results.add(Result(file: file.text)) }
    }

    struct Result: CommandResult, ResultObject {
      let file: String

      static let fields: [ResultField<Self>] = [
        .text("file", "the file", \.file),
        .number("status", "always 0: a failure is an error instead") { _ in 0 },
      ]

      func text(in look: Look) -> String { "" }
    }
  }
}
