import CorosHistory
import CorosInsight
import CorosKernel
package import CorosLanguage
import CorosLessons
import CorosSession

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The completions that Tab offers at the cursor.
package struct Offer: Equatable, Sendable {
  /// The bytes of the line that a candidate replaces.
  package let range: SourceRange
  package let candidates: [Candidate]

  package struct Candidate: Equatable, Sendable {
    /// The text to insert in the line, with quotes if necessary.
    package let text: String
    /// The text for the list.
    package let display: String
    /// Whether a space follows it.
    package let isComplete: Bool
    /// What it is, in a few words; empty for nothing to add.
    package let meaning: String
  }
}

extension Shell {
  /// The possible completions at the cursor.
  ///
  /// - Parameters:
  ///   - line: The line so far.
  ///   - cursor: The cursor's UTF-8 offset in the line.
  /// - Returns: Nothing in a comment, or if there are no suggestions.
  package func offer(line: String, cursor: Int) -> Offer? {
    guard let point = CompletionPoint(line: line, cursor: cursor) else { return nil }
    let candidates = words(for: point).map { word in
      Offer.Candidate(
        text: point.replacement(for: word.text, isComplete: word.isComplete),
        display: word.display,
        isComplete: word.isComplete,
        meaning: word.meaning
      )
    }
    return Offer(range: point.range, candidates: candidates)
  }

  private struct Word {
    let text: String
    let display: String
    var isComplete = true
    var meaning = ""
  }

  private func words(for point: CompletionPoint) -> [Word] {
    if case .variable = point.subject { return matching(variables.names, point.text) }
    if point.isFilter {
      return point.precedingWords.isEmpty ? described(Filter.meanings, point.text) : []
    }
    guard let name = point.precedingWords.first else { return commandWords(point.text) }
    if point.precedingWords.last == "|" { return words(.program, point) }
    guard let manual = commands.command(named: name)?.manual else { return [] }
    if point.text.hasPrefix("--"), !manual.options.isEmpty {
      return described(manual.options.map { ($0.name, $0.summary) }, point.text)
    }
    let kinds = manual.completion
    guard let last = kinds.last else { return [] }
    let index = point.wordIndex - 1
    return words(index < kinds.count ? kinds[index] : last, point)
  }

  private func words(_ kind: ArgumentKind, _ point: CompletionPoint) -> [Word] {
    switch kind {
    case .command: commandWords(point.text)
    case .program: programWords(point.text)
    case .typed: matching(session.definedNames.sorted(), point.text)
    case .liveTask: tasks(includingEnded: false, point)
    case .anyTask: tasks(includingEnded: true, point)
    case .file: settings.isSandboxed ? [] : Self.files(point.text)
    case .fileOf(let endings): settings.isSandboxed ? [] : Self.files(point.text, endings)
    case .bookmark: matching(machine.bookmarkList.map(\.name) + ["last"], point.text)
    case .lesson: matching(LessonPack.reserved + lessonPack.lessons.map(\.name), point.text)
    case .words(let words): matching(words, point.text)
    case .expression: matching(view.words, point.text)
    case .stopPoint:
      matching(
        BreakpointSpec.keywords
          + catalogue.programs.map(\.name).sorted().filter { !BreakpointSpec.keywords.contains($0) },
        point.text
      ) + tasks(includingEnded: false, point)
    case .breakpoint: matching(machine.breakpoints.all.map { "\($0.number)" } + ["all"], point.text)
    case .policySetting: policySettings(point)
    case .preference:
      matching(Preference.named(point.precedingWords[1])?.words ?? [], point.text)
    case .preferenceName:
      described(Preference.all.map { ($0.name, $0.summary) }, point.text)
    case .policy: described(KnownPolicy.all.map { ($0.name, $0.summary) }, point.text)
    case .nothing: []
    }
  }

  /// The settings of the named policy that are not yet in the line.
  private func policySettings(_ point: CompletionPoint) -> [Word] {
    let given = point.precedingWords.dropFirst(2).map { $0.prefix { $0 != "=" } + "=" }
    let policy = KnownPolicy.named(point.precedingWords.dropFirst().first ?? "")
    let settings = (policy?.keys ?? []).flatMap { key in
      key.words.isEmpty ? ["\(key.name)="] : key.words.map { "\(key.name)=\($0)" }
    }
    return matching(
      settings.filter { setting in !given.contains { setting.hasPrefix($0) } },
      point.text
    )
  }

  private func matching(_ words: [String], _ start: String) -> [Word] {
    words.filter { $0.hasPrefix(start) }.map { word in
      Word(text: word, display: word, isComplete: word.last != "(" && word.last != "=")
    }
  }

  private func described(_ words: [(name: String, meaning: String)], _ start: String) -> [Word] {
    words.filter { $0.name.hasPrefix(start) }.map {
      Word(text: $0.name, display: $0.name, meaning: $0.meaning)
    }
  }

  /// The commands, and what was defined like one.
  private func commandWords(_ start: String) -> [Word] {
    let own =
      routines.functions.keys.map { ($0, "a function") }
      + routines.aliases.map { ($0.key, "short for \($0.value)") }
      + appCommands.values.map { ($0.name, $0.summary) }
    let all = commands.entries.map { ($0.manual.name, $0.manual.summary) } + own
    return described(all.sorted { $0.0 < $1.0 }, start)
  }

  private func programWords(_ start: String) -> [Word] {
    described(
      catalogue.programs.map { ($0.name, $0.summary) }.sorted { $0.0 < $1.0 },
      start
    )
  }

  private func tasks(includingEnded: Bool, _ point: CompletionPoint) -> [Word] {
    let most = 200
    let named = Swift.Set(point.precedingWords.dropFirst())
    var found: [Word] = []
    let tasks = scheduler.tasks(includingEnded: includingEnded)
    for task in tasks where found.count < most {
      let tid = task.tid.description
      guard !named.contains(tid) else { continue }
      if tid.hasPrefix(point.text) {
        found.append(Word(text: tid, display: "\(tid) \(task.name)"))
      } else if task.name.hasPrefix(point.text), !named.contains(task.name) {
        // A name that several tasks have stands for none of them.
        let isUnique = tasks.lazy.filter { $0.name == task.name }.prefix(2).count == 1
        found.append(Word(text: isUnique ? task.name : tid, display: "\(tid) \(task.name)"))
      }
    }
    return found
  }

  /// The entries of a folder that begin with the last part of a path.
  ///
  /// - Parameters:
  ///   - path: The path so far.
  ///   - endings: The endings of the names of files; if no entry has one, all are offered.
  /// - Returns: Folders, and files with one of the endings.
  private static func files(_ path: String, _ endings: [String] = []) -> [Word] {
    let all = files(beginningWith: path)
    let fitting = all.filter { word in
      !word.isComplete || endings.contains { word.display.hasSuffix($0) }
    }
    return fitting.isEmpty ? all : fitting
  }

  private static func files(beginningWith path: String) -> [Word] {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? ""
    let start = slash.map { String(path[path.index(after: $0)...]) } ?? path
    guard let directory = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(directory) }
    var found: [Word] = []
    let most = 2_000
    while let entry = readdir(directory), found.count < most {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(start), start.hasPrefix(".") || !name.hasPrefix(".") else { continue }
      let isFolder = isDirectory(folder + name)
      let shown = isFolder ? name + "/" : name
      found.append(Word(text: folder + shown, display: shown, isComplete: !isFolder))
    }
    return found.sorted { $0.display < $1.display }
  }

  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
