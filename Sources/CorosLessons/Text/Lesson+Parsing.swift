import CorosInsight
import CorosLanguage

extension Lesson {
  /// Reads a lesson.
  ///
  /// - Parameters:
  ///   - text: The text of its file.
  ///   - name: Its name.
  ///   - file: The file, for errors.
  /// - Throws: What is wrong with it, and in which line.
  package init(parsing text: String, name: String, file: String) throws(LessonError) {
    self.init(name: name)
    let parts = try LessonPart.parts(of: text, in: file)
    for part in parts {
      if part.keyword == "task" {
        tasks.append(try LessonTask(part, in: file))
      } else if tasks.isEmpty {
        try add(part, in: file)
      } else {
        try tasks[tasks.count - 1].add(part, in: file)
      }
    }
    let last = parts.last?.line ?? 1
    if title.isEmpty {
      throw LessonError(file, 1, "the lesson has no title", hint: "begin with `#: title WORDS`")
    }
    if tasks.isEmpty {
      throw LessonError(file, last, "the lesson has no task", hint: "such as `#: task predict`")
    }
    for task in tasks { try task.check(in: file) }
  }

  private mutating func add(_ part: LessonPart, in file: String) throws(LessonError) {
    switch part.keyword {
    case "title":
      title = part.rest
      try part.end(in: file)
    case "tell": text += (text.isEmpty ? "" : "\n\n") + (try part.text(in: file))
    case "given" where given.isEmpty: given = part.script
    case "network" where part.rest.isEmpty:
      hasNetwork = true
      try part.end(in: file)
    case "file":
      guard !part.rest.isEmpty, files[part.rest] == nil else {
        throw LessonError(
          file,
          part.line,
          "a file needs a name of its own",
          hint: "`#: file race.s`"
        )
      }
      files[part.rest] = try part.text(in: file) + "\n"
    default:
      throw LessonError(
        file,
        part.line,
        "`#: \(excerpt(of: part.keyword))` does not belong here",
        hint: Suggestion.question(for: part.keyword, among: Self.keywords)
          ?? "before the first task: one \(Self.keywords.joined(separator: ", "))"
      )
    }
  }

  private static let keywords = ["title", "tell", "network", "given", "file", "task"]
}

extension LessonTask {
  /// The keywords of the parts of a task.
  static let keywords = [
    "given", "answer", "choice", "wrong", "hint", "remark", "points", "check", "scene", "solution",
    "allow", "ban", "keep", "most", "possible", "never", "best", "task",
  ]

  /// The most points of a task.
  static let mostPoints = 100

  init(_ part: LessonPart, in file: String) throws(LessonError) {
    var words = part.rest.split(separator: " ").map(String.init)
    let kind = words.isEmpty ? "" : words.removeFirst()
    switch kind {
    case "predict", "name", "break":
      if let word = words.first {
        throw LessonError(file, part.line, "`\(excerpt(of: word))` does not belong here")
      }
      let kinds: [String: Kind] = ["predict": .predict, "name": .name, "break": .breakIt]
      self.init(kinds[kind] ?? .predict, line: part.line)
    case "fix":
      guard !words.isEmpty else {
        throw LessonError(
          file,
          part.line,
          "`fix` needs the names of the programs that may change",
          hint: "such as `#: task fix bump`"
        )
      }
      self.init(.fix(words), line: part.line)
    case "trees": self.init(.trees(try Self.forks(words, part, file)), line: part.line)
    default:
      throw LessonError(
        file,
        part.line,
        kind.isEmpty ? "a task needs a kind" : "there is no kind of task '\(excerpt(of: kind))'",
        hint: Suggestion.question(for: kind, among: Kind.words)
          ?? "one of \(Kind.words.joined(separator: ", "))"
      )
    }
    question = try part.text(in: file)
  }

  private static func forks(
    _ words: [String],
    _ part: LessonPart,
    _ file: String
  ) throws(LessonError) -> ForkTask {
    var reparenting = Reparenting.unix
    var isReversed = false
    for word in words.dropFirst() {
      if word == "reversed" {
        isReversed = true
      } else if word.hasPrefix("reparent="),
        let rule = Reparenting(rawValue: String(word.dropFirst(9)))
      {
        reparenting = rule
      } else {
        throw LessonError(
          file,
          part.line,
          "`\(excerpt(of: word))` does not belong here",
          hint: "`#: task trees a+b,b- [reparent=flat] [reversed]`"
        )
      }
    }
    let actions = words.first ?? ""
    do throws(ForkError) {
      _ = try ForkRun(actions, reparenting: reparenting)
    } catch {
      throw LessonError(file, part.line, error.message, hint: error.hint)
    }
    return ForkTask(actions: actions, reparenting: reparenting, isReversed: isReversed)
  }

  mutating func add(_ part: LessonPart, in file: String) throws(LessonError) {
    switch part.keyword {
    case "given": given = part.script
    case "check": check = part.script
    case "scene": scenes.append(part.script)
    case "solution": solution = part.script
    case "hint": hints.append(try part.text(in: file))
    case "remark": remark = try part.text(in: file)
    case "wrong":
      mistakes.append(Mistake(answer: part.rest, text: try part.text(in: file)))
    default:
      try part.end(in: file)
      if part.rest.isEmpty, Self.keywords.contains(part.keyword) {
        throw LessonError(file, part.line, "something is missing behind `\(part.keyword)`")
      }
      try addSetting(part, in: file)
    }
  }

  private mutating func addSetting(_ part: LessonPart, in file: String) throws(LessonError) {
    let words = part.rest.split(separator: " ").map(String.init)
    switch part.keyword {
    case "answer": answers.append(part.rest)
    case "choice": choices.append(part.rest)
    case "points": points = try Self.number(part.rest, 1...Self.mostPoints, part, file)
    case "best": rules.best = try Self.number(part.rest, 0...1_000, part, file)
    case "allow": rules.allowed += words
    case "ban": rules.banned += words
    case "keep": rules.kept.append(part.rest)
    case "possible":
      rules.possible.append(LessonRules.Condition(text: part.rest, line: part.line))
    case "never":
      rules.never.append(LessonRules.Condition(text: part.rest, line: part.line))
    case "most":
      guard words.count == 2, ObjectKind(rawValue: words[1]) != nil else {
        throw LessonError(
          file,
          part.line,
          "`most` needs a number and a kind of object",
          hint: "such as `#: most 1 mutex`"
        )
      }
      let count = try Self.number(words[0], 0...1_000, part, file)
      rules.most.append(LessonRules.Most(kind: words[1], count: count))
    default:
      throw LessonError(
        file,
        part.line,
        "`#: \(excerpt(of: part.keyword))` does not belong in a task",
        hint: Suggestion.question(for: part.keyword, among: Self.keywords)
          ?? "one of \(Self.keywords.joined(separator: ", "))"
      )
    }
  }

  private static func number(
    _ text: String,
    _ range: ClosedRange<Int>,
    _ part: LessonPart,
    _ file: String
  ) throws(LessonError) -> Int {
    if let number = Int(text), range.contains(number) { return number }
    throw LessonError(
      file,
      part.line,
      "`\(part.keyword)` needs a whole number from \(range.lowerBound) to \(range.upperBound), not "
        + "'\(excerpt(of: text))'"
    )
  }
}
