import CorosLanguage

/// What the prompt looks like: text, and fields in braces, as in `{tick }{past }coros>`.
///
/// What stands beside the name of a field in its braces is shown only if the field is.
package struct PromptTemplate: Equatable, Sendable {
  /// What the prompt can show.
  package enum Field: String, CaseIterable, Sendable {
    /// The clock; nothing before the first step.
    case tick
    /// The branch, if there are several.
    case branch
    /// The word `past`, where there is a recorded future.
    case past
    /// The word `live`, while the machine runs by itself.
    case live
    /// The policy.
    case policy
    /// How many tasks are alive.
    case tasks
    /// The status of the last command, unless it is 0.
    case status
  }

  /// Why a text is no template: a clause.
  struct Mistake: Error, Equatable {
    package let what: String
    package let hint: String
  }

  private enum Part: Equatable, Sendable {
    case text(String)
    case field(Field, before: String, after: String)
  }

  private var parts: [Part] = []

  /// The template of a session in which nobody has chosen another one.
  package static let standard = "{tick }{branch }{past }{live }coros>"

  /// The most characters of a template; a longer one would leave no room for the line.
  package static let longest = 200

  /// Reads a template.
  ///
  /// - Throws: `Mistake` for an unknown field, and a brace without its counterpart.
  init(_ text: String) throws(Mistake) {
    guard text.count <= Self.longest else {
      throw Mistake(what: "the prompt is too long", hint: "at most \(Self.longest) characters")
    }
    var rest = text[...]
    while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else {
        throw Mistake(
          what: "a brace of the prompt has no counterpart",
          hint: "fields are written as in `\(Self.standard)`"
        )
      }
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      parts.append(try Self.field(rest[rest.index(after: open)..<close]))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
  }

  private static func field(_ text: Substring) throws(Mistake) -> Part {
    let before = text.prefix { !$0.isLetter }
    let name = text.dropFirst(before.count).prefix { $0.isLetter }
    guard let field = Field(rawValue: String(name)) else {
      let names = Field.allCases.map(\.rawValue)
      throw Mistake(
        what: "the prompt has no field '\(excerpt(of: String(name)))'",
        hint: Suggestion.question(for: String(name), among: names)
          ?? "they are \(names.joined(separator: ", "))"
      )
    }
    let after = text.dropFirst(before.count + name.count)
    return .field(field, before: String(before), after: String(after))
  }

  /// The parts of a prompt, and how each is painted.
  package func parts(_ value: (Field) -> String?) -> [StyledRun] {
    parts.compactMap { part in
      switch part {
      case .text(let text): StyledRun(text: text, role: .good)
      case .field(let field, let before, let after):
        value(field).map { value in
          let isWarning = field == .past || field == .status
          return StyledRun(text: before + value + after, role: isWarning ? .waiting : .good)
        }
      }
    }
  }
}
