import CorosFiles
package import CorosKernel
import CorosSession
import CorosShell

/// The output of a command with `--json` when its demonstration is typed on a fresh machine.
package struct Demonstration: Sendable {
  /// The lines typed before the demonstration.
  let before: [String]
  /// The typed lines, each after a prompt, with the output.
  let lines: [String]

  /// Runs the demonstrations of all commands.
  ///
  /// They read and write files in the current folder.
  ///
  /// - Parameter catalogue: The programs that can be spawned.
  /// - Returns: The output, by the names of the commands.
  package static func all(catalogue: Catalogue) -> [String: Demonstration] {
    Dictionary(
      uniqueKeysWithValues: CommandTable.all.entries.map { command in
        (command.manual.name, Demonstration(of: command, catalogue: catalogue))
      }
    )
  }

  private init(of command: any ShellCommand.Type, catalogue: Catalogue) {
    let typed = command.reference.demonstration
    let first =
      typed.firstIndex { $0.prefix { $0 != " " } == command.manual.name } ?? typed.endIndex
    before = Array(typed[..<first])
    for file in command.reference.files { Self.write(file.text, to: file.name) }
    var settings = Settings()
    settings.isJSON = true
    settings.isInteractive = command.reference.keys != nil || command.reference.edited != nil
    let host = Audience(keys: command.reference.keys ?? [], edited: command.reference.edited)
    let shell = Shell(catalogue: catalogue, settings: settings, host: host)
    var lines: [String] = []
    for (index, line) in typed.enumerated() {
      shell.history.append(line)
      shell.execute(line)
      shell.flush()
      let printed = host.take()
      if index >= first { lines += ["coros> " + line] + printed }
    }
    self.lines = lines
  }

  /// Writes a file; if that fails, the demonstration shows the error on the page.
  private static func write(_ text: String, to name: String) {
    let writer = try? FileWriter(name, kind: JournalText.kind, isForced: true)
    try? writer?.write(text)
    _ = try? writer?.commit()
  }

  /// A host that keeps the text it receives.
  private final class Audience: ShellHost {
    private var text = ""
    let isInterrupted = false
    let width = 80
    private let keys: [ScreenKey]
    private let edited: String?

    init(keys: [ScreenKey], edited: String?) {
      self.keys = keys
      self.edited = edited
    }

    func edit(_ text: String, named name: String) throws(EditorRefusal) -> String {
      edited ?? text
    }

    func runFullScreen(_ program: any FullScreenProgram) throws(FullScreenRefusal) {
      for key in keys { program.press(key) }
    }

    func write(_ text: String) { self.text += text }
    func writeError(_ text: String) { self.text += text }

    /// The lines since the last call.
    func take() -> [String] {
      defer { text = "" }
      return text.split(separator: "\n").map { String($0) }
    }
  }
}
