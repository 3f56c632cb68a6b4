package import CorosExplore
package import CorosFiles
import CorosLanguage

/// The results of an exploration or of one of its shards, as they are kept in a file: lines of JSON.
///
/// The format is described in CorosShell.docc/Exploring.md.
package struct ExplorationFile: Equatable, Sendable {
  package let header: ExplorationHeader
  /// How many portions are done.
  package var portions = 0
  /// What they have found.
  package var done: Exploration?
  /// The same with what was found in a portion that was given up; this portion begins anew.
  package var all: Exploration?

  /// The kind of these files.
  package static let kind = FileKind(
    noun: "a result of `explore --out`",
    beginning: "{\"explore\":"
  )

  /// Begins a file.
  package init(_ header: ExplorationHeader) { self.header = header }

  /// The same with other limits: what is done stays, and a portion in which a limit was reached begins anew.
  ///
  /// - Parameter words: Those of the command, with the new limits.
  /// - Returns: A file that is not over yet.
  package func goingOn(with words: [String]) -> ExplorationFile {
    var file = ExplorationFile(header.with(words, portions: header.portions))
    file.portions = portions
    file.done = done
    file.all = done
    return file
  }

  /// Whether nothing is left to be done.
  package var isOver: Bool {
    guard let all else { return false }
    if portions == header.portions { return true }
    switch all.stopped {
    case .failure, .runs, .steps, .memory: return true
    case .exhausted, .time, .interrupted: return false
    }
  }

  /// The file as text.
  package var text: String {
    var lines = [header.json]
    if let done {
      lines.append(["progress": .int(portions), "of": .int(header.portions), "found": done.json])
    }
    for (index, failure) in (all?.failures ?? []).enumerated() {
      lines.append(["failure": .int(index + 1), "found": failure.json])
    }
    if let all {
      lines.append(["summary": all.json, "next": isOver ? .null : .int(portions)])
    }
    return lines.map { $0.text + "\n" }.joined()
  }

  /// Reads a file.
  ///
  /// - Throws: What is wrong with it, and in which line.
  package init(parsing text: String) throws(ExplorationFileError) {
    let lines = text.split(separator: "\n").map { JSON(parsing: $0) }
    header = try ExplorationHeader(lines.first ?? nil)
    var failures: [FoundFailure] = []
    var progress: JSON?
    var summary: JSON?
    for (index, line) in lines.enumerated().dropFirst() {
      if let line, let number = line["progress"]?.number, let found = line["found"] {
        (portions, progress) = (number, found)
      } else if let found = line?["failure"] == nil ? nil : line?["found"],
        let failure = FoundFailure(found)
      {
        failures.append(failure)
      } else if let line, let found = line["summary"] {
        summary = found
      } else {
        throw ExplorationFileError("the results are damaged", line: index + 1)
      }
    }
    func exploration(_ json: JSON?) throws(ExplorationFileError) -> Exploration? {
      guard let json else { return nil }
      guard let exploration = Exploration(json, failures: failures) else {
        throw ExplorationFileError("the sums of the results are damaged")
      }
      return exploration
    }
    done = try exploration(progress)
    all = try exploration(summary)
    guard (0...header.portions).contains(portions) else {
      throw ExplorationFileError("the results are of more portions than there are")
    }
    // A file that was cut off between two lines: the sums are there, and what they are sums of is not.
    let isCut = all.map { $0.failing > Count(0) && failures.isEmpty } ?? (lines.count > 1)
    if isCut {
      throw ExplorationFileError("the end of the results is missing", line: lines.count)
    }
  }

  /// Takes in what a portion has found.
  package mutating func add(_ exploration: Exploration) {
    var sum = done ?? exploration
    if done != nil { sum.add(exploration) }
    all = sum
    if exploration.stopped == .exhausted || exploration.isSampler && exploration.stopped == .runs {
      portions += 1
      if portions < header.portions || !exploration.isSampler { sum.stopped = .exhausted }
      done = sum
      all = sum
    }
    all?.isPart = header.shard.count > 1 || portions < header.portions
  }

  /// Notes why it ends behind a portion, with others to come.
  package mutating func stop(_ why: ExplorationReport.Stop) {
    if !isOver { all?.stopped = why }
  }
}
