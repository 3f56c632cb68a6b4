import CorosFiles
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Writes the session's journal to a file.
  enum Save: SimpleCommand {
    static let manual = Manual(
      name: "save",
      summary: "write this session's journal to a file",
      usage: "save FILE [--force] [--redact]",
      group: .travel,
      details: """
        Writes everything that was done to the machine, each with its moment, as lines that you can read and \
        edit; `load` brings it back. The file is written completely or not at all. Variables are not saved. What came in from files and connections is part of it, \
        byte for byte; --redact writes only how many bytes, and such a file can be read, but not loaded.
        """,
      example: "save lesson.journal",
      seeAlso: ["load", "schedule", "source"],
      options: [
        .init("--force", nil, "replace a file that is not a journal"),
        .init("--redact", nil, "leave out the bytes that came in from outside"),
      ],
      completion: [.file, .nothing]
    )

    static let reference = Reference(
      demonstration: ["spawn count 2; run", "save lesson.journal"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      let options = try OptionWords(invocation, manual, atMost: 1)
      guard let place = options.operands.first else {
        throw CommandFailure(
          "save needs a file",
          at: invocation.name.range,
          hint: "usage: \(manual.usage)"
        )
      }
      let file = invocation.arguments[place]
      let text: String
      do throws(FileError) {
        let writer = try shell.files.writer(
          file.text,
          kind: JournalText.kind,
          isForced: options.has("--force")
        )
        text =
          options.has("--redact") ? shell.session.redactedJournalText : shell.session.journalText
        try writer.write(text)
        try writer.commit()
      } catch {
        throw CommandFailure(error, at: file.range)
      }
      return Result(file: file.text, lines: text.utf8.count { $0 == UInt8(ascii: "\n") })
    }

    struct Result: CommandResult, ResultObject {
      let file: String
      let lines: Int

      static let fields: [ResultField<Self>] = [
        .text("file", "the file", \.file),
        .number("lines", "the number of its lines", \.lines),
      ]

      func text(in look: Look) -> String { "saved, \(counted(lines, "line"))" }
    }
  }
}
