import CorosKernel

// A schedule as one word.

extension Schedule: CustomStringConvertible {
  private static let mark = "schedule1"

  /// The word, without spaces and without characters that mean something to a shell.
  public var description: String {
    let words = policy.split(separator: " ")
    let settings = words.dropFirst().joined(separator: ",")
    let policy = (words.first ?? "") + (settings.isEmpty ? "" : ":" + settings)
    let runs = runs.map { run in
      run.tasks.map(\.description).joined(separator: "-") + (run.count == 1 ? "" : "x\(run.count)")
    }
    return "\(Self.mark)@\(seed)@\(policy)@\(runs.joined(separator: "."))"
  }

  /// Parses the word that a schedule prints as.
  ///
  /// - Parameter text: the word; blanks around it are ignored.
  /// - Throws: `ScheduleError`, with the place of the mistake.
  public init(parsing text: String) throws(ScheduleError) {
    var reader = ScheduleReader(text)
    let mark = reader.takeField()
    guard mark.text == Self.mark else {
      throw ScheduleError(
        mark.text.hasPrefix("schedule")
          ? "unknown schedule version: \(mark.text.prefix(40))"
          : "this is not a schedule",
        at: mark.offset,
        hint: "a schedule begins with \(Self.mark)@, and `schedule` prints one"
      )
    }
    let seed = reader.takeField()
    guard let seedNumber = UInt64(seed.text), seed.text.utf8.first != UInt8(ascii: "+") else {
      throw ScheduleError(
        "the seed of a schedule is a whole number",
        at: seed.offset,
        hint: "as in \(Self.mark)@42@rr:quantum=1@1.2.1"
      )
    }
    let policy = reader.takeField()
    guard !policy.text.isEmpty else {
      throw ScheduleError(
        "a schedule names its policy after the seed",
        at: policy.offset,
        hint: "as in \(Self.mark)@42@rr:quantum=1@1.2.1"
      )
    }
    guard let choices = reader.takeLast() else {
      throw ScheduleError(
        "the choices of this schedule are missing",
        at: reader.end,
        hint: "is it cut off? they come after a third @"
      )
    }
    let parts = policy.text.split(separator: ":", maxSplits: 1)
    let settings = parts.count > 1 ? parts[1].split(separator: ",") : []
    self.init(
      seed: seedNumber,
      policy: ((parts.first.map { [$0] } ?? []) + settings).joined(separator: " "),
      runs: try Self.runs(choices)
    )
  }

  private static func runs(_ field: ScheduleReader.Field) throws(ScheduleError) -> [Run] {
    var result: [Run] = []
    var total = 0
    var offset = field.offset
    if field.text.isEmpty { return [] }
    for part in field.text.split(separator: ".", omittingEmptySubsequences: false) {
      let run = try run(part, at: offset)
      let (length, isHuge) = run.tasks.count.multipliedReportingOverflow(by: run.count)
      let (sum, isTooMuch) = total.addingReportingOverflow(length)
      guard !isHuge, !isTooMuch else {
        throw ScheduleError("too many steps", at: offset, hint: "make the counts smaller")
      }
      total = sum
      result.append(run)
      offset += part.utf8.count + 1
    }
    return result
  }

  private static func run(_ text: Substring, at offset: Int) throws(ScheduleError) -> Run {
    let parts = text.split(separator: "x", maxSplits: 1, omittingEmptySubsequences: false)
    var count = 1
    if parts.count > 1 {
      guard let number = number(parts[1]), number > 0 else {
        throw ScheduleError(
          "a count must follow x, not '\(parts[1].prefix(20))'",
          at: offset + parts[0].utf8.count + 1,
          hint: "as in 2x3: task 2, three times"
        )
      }
      count = number
    }
    var tasks: [TaskID] = []
    var place = offset
    for word in parts[0].split(separator: "-", omittingEmptySubsequences: false) {
      guard let number = number(word), number > 0 else {
        throw ScheduleError(
          word.isEmpty ? "here a task id is missing" : "'\(word.prefix(20))' is not a task id",
          at: place,
          hint: "task ids are numbers from 1, as in 1.2x3.1-2x40"
        )
      }
      tasks.append(TaskID(rawValue: number))
      place += word.utf8.count + 1
    }
    return Run(tasks, count: count)
  }

  /// Digits, and nothing else.
  private static func number(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }
}

/// Why a text is not a schedule.
public struct ScheduleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public let message: String
  /// Where in the text, in bytes from its start.
  public let offset: Int
  /// The way out.
  public let hint: String

  init(_ message: String, at offset: Int, hint: String) {
    self.message = message
    self.offset = offset
    self.hint = hint
  }

  /// The message.
  public var description: String { message }
}

/// Splits a word at its `@`s.
private struct ScheduleReader {
  typealias Field = (text: Substring, offset: Int)

  private var rest: Substring?
  private var offset: Int
  let end: Int

  init(_ text: String) {
    let isBlank: (Character) -> Bool = { $0.isWhitespace }
    var word = text.drop(while: isBlank)
    offset = text.utf8.count - word.utf8.count
    while let last = word.last, isBlank(last) { word.removeLast() }
    end = offset + word.utf8.count
    rest = word
  }

  mutating func takeField() -> Field {
    guard let rest else { return ("", end) }
    let text = rest.prefix { $0 != "@" }
    let field = (text, offset)
    let after = rest[text.endIndex...]
    self.rest = after.isEmpty ? nil : after.dropFirst()
    offset += text.utf8.count + 1
    return field
  }

  mutating func takeLast() -> Field? {
    rest.map { ($0, offset) }
  }
}
