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
        isComplete: word.isComplete
      )
    }
    return Offer(range: point.range, candidates: candidates)
  }

  private typealias Word = (text: String, display: String, isComplete: Bool)

  private func words(for point: CompletionPoint) -> [Word] {
    if case .variable = point.subject { return matching(variables.names, point.text) }
    guard let name = point.precedingWords.first else {
      return matching(commands.names.sorted(), point.text)
    }
    guard let manual = commands.command(named: name)?.manual else { return [] }
    if point.text.hasPrefix("--"), !manual.options.isEmpty {
      return matching(manual.options.map(\.name), point.text)
    }
    let kinds = manual.completion
    guard let last = kinds.last else { return [] }
    let index = point.wordIndex - 1
    return words(index < kinds.count ? kinds[index] : last, point)
  }

  private func words(_ kind: ArgumentKind, _ point: CompletionPoint) -> [Word] {
    switch kind {
    case .command: matching(commands.names.sorted(), point.text)
    case .program: matching(catalogue.programs.map(\.name).sorted(), point.text)
    case .typed: matching(session.definedNames.sorted(), point.text)
    case .liveTask: tasks(includingEnded: false, point)
    case .anyTask: tasks(includingEnded: true, point)
    case .file: settings.isSandboxed ? [] : Self.files(point.text)
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
      (word, word, word.last != "(" && word.last != "=")
    }
  }

  private func tasks(includingEnded: Bool, _ point: CompletionPoint) -> [Word] {
    let most = 200
    let named = Swift.Set(point.precedingWords.dropFirst())
    var found: [Word] = []
    for task in scheduler.tasks(includingEnded: includingEnded) where found.count < most {
      let tid = task.tid.description
      if tid.hasPrefix(point.text), !named.contains(tid) {
        found.append((tid, "\(tid) \(task.name)", true))
      }
    }
    return found
  }

  /// The entries of a folder that begin with the last part of a path.
  private static func files(_ path: String) -> [Word] {
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
      found.append((folder + shown, shown, !isFolder))
    }
    return found.sorted { $0.display < $1.display }
  }

  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
