import CorosLanguage

/// A setting of the shell that a person chooses with `set`, and that stays from one session to the next.
package struct Preference: Sendable {
  package let name: String
  /// What it decides: a clause.
  package let summary: String
  /// The value of a session in which nobody has chosen another one.
  package let standard: String
  /// Values that Tab offers.
  package let words: [String]
  /// Says what is wrong with a value; nil if it can be used.
  package let mistake: @Sendable (String) -> (what: String, hint: String)?

  /// A preference of a few values.
  private init(_ name: String, _ summary: String, standard: String, words: [String]) {
    self.init(name, summary, standard: standard, offering: words) { value in
      guard !words.contains(value) else { return nil }
      let hint = Suggestion.question(for: value, among: words)
      return (
        "'\(excerpt(of: value))' is no value of `\(name)`",
        hint ?? "it can be \(words.joined(separator: ", "))"
      )
    }
  }

  private init(
    _ name: String,
    _ summary: String,
    standard: String,
    offering words: [String],
    _ mistake: @escaping @Sendable (String) -> (what: String, hint: String)?
  ) {
    self.name = name
    self.summary = summary
    self.standard = standard
    self.words = words
    self.mistake = mistake
  }

  /// All of them, in the order in which they are listed.
  package static let all: [Preference] =
    [
      prompt,
      Preference(
        "theme",
        "how text is painted; `contrast` is for projectors",
        standard: "standard",
        words: Theme.all.keys.sorted()
      ),
      Preference(
        "pager",
        "how long results are shown: by the shell's own pager, by the program that $PAGER names, or at once",
        standard: "on",
        words: ["on", "program", "off"]
      ),
      Preference(
        "suggestions",
        "whether the last line that began like yours is shown behind it; the right arrow accepts it",
        standard: "on",
        words: ["on", "off"]
      ),
      Preference(
        "colouring",
        "whether a line has colours while you type it",
        standard: "off",
        words: ["on", "off"]
      ),
    ] + Style.Role.allCases.filter { $0 != .plain }.map(color(of:))

  private static let prompt = Preference(
    "prompt",
    "the text before the line; its fields are "
      + PromptTemplate.Field.allCases.map { "{\($0)}" }.joined(separator: " "),
    standard: PromptTemplate.standard,
    offering: []
  ) { value in
    do throws(PromptTemplate.Mistake) {
      _ = try PromptTemplate(value)
      return nil
    } catch {
      return (error.what, error.hint)
    }
  }

  private static func color(of role: Style.Role) -> Preference {
    Preference(
      "color_\(role)",
      "how \(meaning(of: role)) is painted",
      standard: "",
      offering: Paint.words
    ) { value in
      if Paint(named: value) != nil { return nil }
      return (
        "'\(excerpt(of: value))' is no colour",
        "a colour is `red`, `bright-red`, `bold`, `underlined`, `'bold red'`, `plain` ..."
      )
    }
  }

  private static func meaning(of role: Style.Role) -> String {
    switch role {
    case .plain: "ordinary text"
    case .heading: "a heading"
    case .faint: "what matters less"
    case .good: "what runs or went well"
    case .waiting: "what waits"
    case .locked: "what waits for a lock"
    case .asleep: "what sleeps"
    case .bad: "what failed"
    case .name: "a name to type"
    }
  }

  package static func named(_ name: String) -> Preference? { all.first { $0.name == name } }
}
