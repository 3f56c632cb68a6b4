import CorosLanguage
package import CorosSession

/// What a learner has defined on a machine that a lesson has begun.
package struct LearnersChange {
  /// The definitions of the lesson, and then the learner's, in the order in which they were made.
  package let all: [String]
  /// The programs and procedures that are new or changed, with their texts.
  let routines: [(name: String, text: String)]
  /// The objects that are new, by name.
  private let objects: [ObjectDeclaration]

  /// Finds what a learner has defined.
  ///
  /// - Parameters:
  ///   - session: The learner's machine.
  ///   - given: The machine as the lesson gave it.
  ///   - names: The programs that may change.
  /// - Throws: `LessonReproach`, for what may not change.
  package init(
    on session: Session,
    since given: Session,
    mayChange names: [String]
  ) throws(LessonReproach) {
    let before = given.definitionTexts
    let now = session.definitionTexts
    guard now.starts(with: before) else {
      throw LessonReproach(
        "this machine was not begun by the lesson; `lesson reset` begins the task again"
      )
    }
    let fixed = Set(given.definedNames).subtracting(names)
    var objects: [ObjectDeclaration] = []
    for text in now.dropFirst(before.count) {
      let definitions = (try? Definition.parse(text)) ?? []
      for definition in definitions {
        if case .check = definition {
          throw LessonReproach(
            "`\(excerpt(of: text))` is yours: the lesson checks by itself; `lesson reset` begins again"
          )
        }
        if let name = definition.definedNames.first(where: fixed.contains) {
          throw LessonReproach(
            "`\(name)` must stay as the lesson gave it; `lesson reset` brings it back"
          )
        }
        if case .objects(let all) = definition {
          objects += all.filter { new in !objects.contains { $0.name.text == new.name.text } }
        }
      }
    }
    let open = session.definedNames.filter { !fixed.contains($0) }
    all = now
    self.objects = objects
    routines = open.compactMap { name in session.text(of: name).map { (name, $0) } }
  }

  /// Fails for what a lesson does not allow.
  package func check(_ rules: LessonRules, mayChange names: [String]) throws(LessonReproach) {
    let pieces = routines.compactMap { routine in
      (try? ProgramPieces(routine.text)).map { (routine.name, $0) }
    }
    for (name, text) in pieces {
      if let word = rules.banned.first(where: { text.all.contains($0) }) {
        throw LessonReproach("`\(name)` contains `\(word)`, which this task does not allow")
      }
    }
    for kept in rules.kept {
      guard let wanted = try? ProgramPieces(kept) else { continue }
      if !pieces.contains(where: { $0.1.contains(wanted) }) {
        throw LessonReproach("`\(kept)` must stay in the program")
      }
    }
    for most in rules.most {
      let count = objects.filter { $0.kind.rawValue == most.kind }.reduce(0) {
        $0 + ($1.count ?? 1)
      }
      if count > most.count {
        throw LessonReproach(
          "you have \(counted(count, most.kind, plural: most.kind == "mutex" ? "mutexes" : nil)) of your own, and \(most.count) must do"
        )
      }
    }
    for name in names where !routines.contains(where: { $0.name == name }) {
      throw LessonReproach("there is no program `\(name)`")
    }
  }

  /// Fails for a program that waits for time where the lesson's own solution does not.
  ///
  /// A step takes one tick here, always. So a sleep can keep tasks apart for sure, which it cannot anywhere else.
  package func checkTime(asIn solution: LearnersChange) throws(LessonReproach) {
    let usual = Set(solution.routines.flatMap { Self.timeWords(of: $0.text) })
    for (name, text) in routines {
      guard let word = Self.timeWords(of: text).first(where: { !usual.contains($0) }) else {
        continue
      }
      throw LessonReproach(
        "`\(name)` contains `\(word)`: time keeps no other task out, it only makes the mistake rare"
      )
    }
  }

  private static func timeWords(of text: String) -> [String] {
    let pieces = (try? ProgramPieces(text))?.all ?? []
    return pieces.filter { ["sleep", "tick", "within", "after"].contains($0) }
  }
}

/// Why something is not passed.
package struct LessonReproach: Error, Equatable {
  package let message: String

  package init(_ message: String) { self.message = message }
}

extension Definition {
  /// The names that it defines.
  fileprivate var definedNames: [String] {
    switch self {
    case .shared(let all): all.map(\.name.text)
    case .objects(let all): all.map(\.name.text)
    case .program(let routine), .procedure(let routine): [routine.name.text]
    case .use(let name, _): [name.text]
    case .check: []
    }
  }
}
