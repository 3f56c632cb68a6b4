import CorosKernel

/// Writes the session's journal to a file.
enum Save: ShellCommand {
  static let manual = Manual(
    name: "save",
    summary: "write this session's journal to a file",
    usage: "save FILE [--force]",
    group: .travel,
    details: """
      All that was done to the machine, with the moment at which it was, as lines that one can read and \
      edit; `load` brings the same about again. The file is written as a whole or not at all. A file that \
      is no journal is not overwritten, unless --force. Variables are not kept.
      """,
    example: "save lesson.journal",
    seeAlso: ["load", "schedule", "source"],
    completion: [.file, .words(["--force"]), .nothing]
  )

  static let reference = Reference(
    results: [
      ResultLine([
        .init("file", .text, "the file"),
        .init("lines", .number, "how many lines it has"),
      ])
    ],
    demonstration: ["spawn count 2; run", "save lesson.journal"]
  )

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    let words = invocation.arguments.filter { $0.text != "--force" }
    guard let file = words.first else {
      throw CommandFailure(
        "save needs a file",
        at: invocation.name.range,
        hint: "usage: \(manual.usage)"
      )
    }
    if words.count > 1 {
      throw CommandFailure(
        "save does not take '\(excerpt(of: words[1].text))'",
        at: words[1].range,
        hint: "usage: \(manual.usage)"
      )
    }
    let isForced = words.count < invocation.arguments.count
    switch JournalFile.obstacle(at: file.text) {
    case .noFile:
      throw CommandFailure("'\(excerpt(of: file.text, limit: 200))' is not a file", at: file.range)
    case .otherFile where !isForced:
      throw CommandFailure(
        "'\(excerpt(of: file.text, limit: 200))' is there, and is not a journal",
        at: file.range,
        hint: "--force overwrites it"
      )
    case .otherFile, nil: break
    }
    let text = shell.journalText
    do throws(ScriptError) {
      try JournalFile.write(text, to: file.text)
    } catch {
      throw CommandFailure(error.message, at: file.range, hint: error.hint)
    }
    let lines = text.utf8.count { $0 == UInt8(ascii: "\n") }
    shell.report(["command": "save", "file": .string(file.text), "lines": .int(lines)]) {
      "saved, \(counted(lines, "line"))"
    }
  }
}
