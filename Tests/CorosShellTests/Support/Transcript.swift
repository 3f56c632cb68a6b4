import Foundation

@testable import CorosCommands
@testable import CorosSession
@testable import CorosShell

/// A file of lines typed at the prompt, each followed by everything that the shell then prints.
///
/// Each section of a file is typed at a new shell:
///
///     === What is shown (json, tasks 20)
///     coros> spawn count
///     {"command":"spawn","tid":1,"program":"count"}
///
/// The parentheses may contain `json`, `echo`, `interactive`, `color`, `width N`, `tasks N`, and `patience N`
/// for Ctrl-C after that many steps of each line. With `COROS_RECORD_TRANSCRIPTS` set, the files are
/// rewritten with what the shell prints: read the difference before you commit it.
struct Transcript {
  let sections: [Section]

  struct Section {
    let heading: String
    var exchanges: [Exchange] = []

    var options: [String] {
      guard heading.hasSuffix(")"), let start = heading.lastIndex(of: "(") else { return [] }
      return heading[heading.index(after: start)...].dropLast().split(separator: ",").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }

    var isJSON: Bool { options.contains("json") }
  }

  struct Exchange: Equatable {
    let typed: String
    var printed: String

    /// Whether the shell says that it does not know the command.
    var isMissingCommand: Bool {
      let command = typed.prefix { $0 != " " }
      return printed.hasPrefix("there is no command '\(command)'")
        || printed.hasPrefix("{\"error\":\"there is no command '\(command)'")
    }

    var text: String {
      (typed.isEmpty ? "coros>\n" : "coros> \(typed)\n") + printed
    }
  }

  init(parsing text: String) {
    var sections: [Section] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if line.hasPrefix("=== ") {
        sections.append(Section(heading: String(line.dropFirst(4))))
      } else if line == "coros>" || line.hasPrefix("coros> "), let last = sections.indices.last {
        sections[last].exchanges.append(Exchange(typed: String(line.dropFirst(7)), printed: ""))
      } else if let last = sections.indices.last, let end = sections[last].exchanges.indices.last {
        sections[last].exchanges[end].printed += line + "\n"
      }
    }
    // The blank line between two sections belongs to neither.
    for index in sections.indices.dropLast() {
      guard let end = sections[index].exchanges.indices.last else { continue }
      if sections[index].exchanges[end].printed.hasSuffix("\n\n")
        || sections[index].exchanges[end].printed == "\n"
      {
        sections[index].exchanges[end].printed.removeLast()
      }
    }
    self.sections = sections
  }

  private init(_ sections: [Section]) {
    self.sections = sections
  }

  var text: String {
    sections.map { section in
      "=== \(section.heading)\n" + section.exchanges.map(\.text).joined()
    }.joined(separator: "\n")
  }

  /// The lines whose command no longer exists, although the transcript expects it to.
  func newlyMissing(in replayed: Transcript) -> [String] {
    zip(sections, replayed.sections).flatMap { old, new in
      zip(old.exchanges, new.exchanges).filter {
        $1.isMissingCommand && !$0.isMissingCommand
      }.map(\.0.typed)
    }
  }

  /// The same lines, with the present output of the shell.
  func replayed(with commands: CommandTable = .all) -> Transcript {
    Transcript(
      sections.map { section in
        var section = section
        let typist = Typist(section, commands)
        for index in section.exchanges.indices {
          section.exchanges[index].printed = typist.type(section.exchanges[index].typed)
        }
        return section
      }
    )
  }
}

/// Types the lines of one section.
private final class Typist {
  private let session: TestShell
  private let isInteractive: Bool
  private let patience: Int?

  init(_ section: Transcript.Section, _ commands: CommandTable) {
    var settings = Settings()
    settings.isJSON = section.isJSON
    settings.echoes = section.options.contains("echo")
    settings.isInteractive = section.options.contains("interactive")
    settings.isColored = section.options.contains("color")
    settings.areErrorsColored = settings.isColored
    func number(_ option: String) -> Int? {
      section.options.first { $0.hasPrefix(option + " ") }
        .flatMap { Int($0.dropFirst(option.count + 1)) }
    }
    settings.start.taskLimit = number("tasks") ?? settings.start.taskLimit
    session = TestShell(settings, commands: commands)
    session.host.width = number("width") ?? 80
    isInteractive = settings.isInteractive
    patience = number("patience")
  }

  func type(_ line: String) -> String {
    session.host.patience = patience
    if isInteractive, line.isEmpty {
      session.shell.repeatLastMove()
    } else {
      if isInteractive { session.shell.history.append(line) }
      session.shell.execute(line)
    }
    session.shell.flush()
    return session.host.takeSeen()
  }
}

/// The transcripts beside this file.
enum TranscriptFiles {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Transcripts")

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
  }()

  static func load(_ name: String) throws -> Transcript {
    Transcript(parsing: try String(contentsOf: url(name), encoding: .utf8))
  }

  static func url(_ name: String) -> URL {
    folder.appending(path: name + ".txt")
  }

  static let isRecording = ProcessInfo.processInfo.environment["COROS_RECORD_TRANSCRIPTS"] != nil
}
