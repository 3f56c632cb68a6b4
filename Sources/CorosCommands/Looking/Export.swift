import CorosExports
import CorosFiles
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Writes the state of the machine, or its history, in a form that other programs read.
  enum Export: ShellCommand {
    static let manual = Manual(
      name: "export",
      summary: "write the run in a form that other programs read",
      usage: "export --FORMAT FILE ...",
      group: .looking,
      details: """
        Writes the whole run up to now; the graphs show the present. You can write several formats at once. \
        A FILE of - is standard output; nothing else is printed then. Each file is written completely or not \
        at all. A file that is not of the format is replaced only with --force. `load` reads what --jsonl \
        writes: it replays the run and compares every event. The export replays the run while it writes, so \
        a million events need little memory. --html writes a page that needs no network: it plays the run, steps both \
        ways, and says at each step why each task runs or does not; --from and --to make it a part of a long run.
        """,
      example: "export --dot -",
      seeAlso: ["save", "load", "timeline", "stats"],
      options: formats.map { Manual.Option(option($0), "FILE", $0.summary) } + [
        .init("--all", nil, "draw tasks that have ended, too"),
        .init("--from", "TICK", "begin the page at this tick"),
        .init("--to", "TICK", "end the page at this tick"),
        .init("--force", nil, "replace a file of another kind"),
      ],
      completion: [.file]
    )

    /// It writes files.
    static func access(hasWords: Bool) -> GuestAccess { .changing }

    static let reference = Reference(
      notes: "With a FILE of - there is no line of JSON, only the export itself.",
      demonstration: ["spawn count 2; run", "export --csv run.csv --perfetto trace.json"]
    )

    private static let formats = ExportFormats.all

    private static func option(_ format: any ExportFormat.Type) -> String { "--" + format.name }

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<Result>
    ) throws(CommandFailure) {
      let options = try OptionWords(invocation, manual)
      if let extra = options.operands.first {
        throw manual.refusal(
          of: invocation.arguments[extra],
          hint: "a file follows its format, as in --csv FILE"
        )
      }
      let wanted = formats.compactMap { format in
        options.value(option(format)).map { (format: format, file: $0) }
      }
      guard !wanted.isEmpty else {
        throw CommandFailure(
          "export needs a format and a file",
          at: invocation.name.range,
          hint: "one of \(formats.map { option($0) + " FILE" }.joined(separator: ", "))"
        )
      }
      if let second = wanted.filter({ isOutput($0.file) }).dropFirst().first {
        throw CommandFailure(
          "only one format can go to standard output",
          at: second.file.range,
          hint: "name a file"
        )
      }
      for (index, export) in wanted.enumerated()
      where wanted[..<index].contains(where: { shell.files.areSame($0.file.text, export.file.text) }
      ) {
        throw CommandFailure(
          "two formats cannot go to one file",
          at: export.file.range,
          hint: "name another file for --\(export.format.name)"
        )
      }
      let from = try options.integer("--from", "the tick", in: 0...Tick.max)
      let to = try options.integer("--to", "the tick", in: (from ?? 0)...Tick.max)
      let request = ExportRequest(
        machine: shell.machine,
        journal: shell.session.journalText,
        includesEnded: options.has("--all"),
        from: from,
        to: to,
        version: shell.settings.version,
        isInterrupted: shell.session.isInterrupted
      )
      shell.monitor.flush()
      for (format, file) in wanted {
        try write(format, file, isForced: options.has("--force"), request, shell)
      }
      if wanted.contains(where: { isOutput($0.file) }) { return }
      results.add(
        Result(files: wanted.map { WrittenFile(format: $0.format.name, name: $0.file.text) })
      )
    }

    struct Result: CommandResult, ResultObject {
      let files: [WrittenFile]

      static let fields: [ResultField<Self>] = [
        .objects("files", "one object per file", \.files)
      ]

      func text(in look: Look) -> String {
        "written: " + files.map { excerpt(of: $0.name, limit: 200) }.joined(separator: ", ")
      }
    }

    struct WrittenFile: ResultObject {
      let format: String
      let name: String

      static let fields: [ResultField<Self>] = [
        .word("format", of: formats.map { $0.name }, "the format", \.format),
        .text("file", "the file", \.name),
      ]
    }

    private static func isOutput(_ file: Argument) -> Bool { file.text == "-" }

    private static func write(
      _ format: any ExportFormat.Type,
      _ file: Argument,
      isForced: Bool,
      _ request: ExportRequest,
      _ shell: Shell
    ) throws(CommandFailure) {
      do throws(FileError) {
        if isOutput(file) {
          try format.write(request, into: StandardOutput(shell))
        } else {
          let writer = try shell.files.writer(file.text, kind: format.kind, isForced: isForced)
          try format.write(request, into: writer)
          try writer.commit()
        }
      } catch {
        throw CommandFailure(error, at: file.range)
      }
    }

    /// Standard output as the target of an export.
    private final class StandardOutput: TextSink {
      private let shell: Shell

      init(_ shell: Shell) { self.shell = shell }

      func write(_ text: String) throws(FileError) {
        if shell.isInterrupted { throw .interrupted }
        shell.output.write(text)
      }
    }
  }
}
