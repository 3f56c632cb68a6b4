import CorosLanguage

/// The fields of a word such as `at=0,len=20,name="a, b"`, each with its place in the word.
///
/// In double quotes a comma is part of a value. A quote is doubled there: `name="5"" disk, old"`.
package struct KeyedFields {
  private struct Field {
    let key: String
    let value: String
    let range: Range<Int>
  }

  private var fields: [Field] = []

  /// Reads a word.
  ///
  /// - Parameters:
  ///   - word: The word; an empty one has no fields.
  ///   - keys: The valid keys, in the order in which an error lists them.
  /// - Throws: `FieldError` for a field that is not `KEY=VALUE`, has an unknown key, or is repeated.
  init(parsing word: String, keys: [String]) throws(FieldError) {
    var start = 0
    for text in Self.parts(of: word) {
      let range = start..<start + text.utf8.count
      start = range.upperBound + 1
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        throw FieldError(
          text.isEmpty
            ? "something is missing beside this comma"
            : "'\(excerpt(of: String(text)))' is not KEY=VALUE",
          at: text.isEmpty ? max(0, range.lowerBound - 1)..<max(1, range.lowerBound) : range,
          hint: "keys: \(keys.joined(separator: ", "))"
        )
      }
      let key = String(parts[0])
      guard keys.contains(key) else {
        throw FieldError(
          "there is no key '\(excerpt(of: key))'",
          at: range,
          hint: Self.nameHint(key, keys) ?? Suggestion.question(for: key, among: keys)
            ?? "keys: \(keys.joined(separator: ", "))"
        )
      }
      guard !fields.contains(where: { $0.key == key }) else {
        throw FieldError("\(key) is given twice", at: range, hint: "leave one of them out")
      }
      guard let value = Self.unquoted(parts[1]) else {
        throw FieldError(
          "the quotes of \(key) do not end, or do not end its value",
          at: range,
          hint: "in double quotes a comma is part of a value: name=\"a, b\""
        )
      }
      fields.append(Field(key: key, value: value, range: range))
    }
  }

  /// The hint about a name in front of a key, as other programs write it: `A:len=8`.
  private static func nameHint(_ text: String, _ keys: [String]) -> String? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, keys.contains(String(parts[1])),
      keys.contains("name")
    else { return nil }
    return "a name is a key, too: `name=\(excerpt(of: String(parts[0]))),\(parts[1])=...`"
  }

  /// What stands between the commas that are in no quotes; nothing in an empty word.
  private static func parts(of word: String) -> [Substring] {
    if word.isEmpty { return [] }
    var isQuoted = false
    return word.split(omittingEmptySubsequences: false) { character in
      if character == "\"" { isQuoted.toggle() }
      return character == "," && !isQuoted
    }
  }

  /// A value without the quotes around it, if there are any; nil when they are not right.
  private static func unquoted(_ value: Substring) -> String? {
    guard value.hasPrefix("\"") else { return String(value) }
    guard value.count > 1, value.hasSuffix("\"") else { return nil }
    let inner = value.dropFirst().dropLast()
    let single = inner.replacing("\"\"", with: "")
    return single.contains("\"") ? nil : String(inner).replacing("\"\"", with: "\"")
  }

  /// A value as it is written in a word: in quotes where it must be.
  package static func quoted(_ value: String) -> String {
    guard value.contains(",") || value.hasPrefix("\"") else { return value }
    return "\"" + value.replacing("\"", with: "\"\"") + "\""
  }

  /// The value of a key as written, and its position; nil if the key is absent.
  func text(_ key: String) -> (value: String, range: Range<Int>)? {
    fields.first { $0.key == key }.map { ($0.value, $0.range) }
  }

  /// The value of a key that must be a whole number; nil if the key is absent.
  func integer(_ key: String, in range: ClosedRange<Int>) throws(FieldError) -> Int? {
    guard let (value, place) = text(key) else { return nil }
    guard let number = Int(value), range.contains(number) else {
      let isNumber =
        !value.isEmpty && value.drop { $0 == "-" || $0 == "+" }.allSatisfy(\.isNumber)
      throw FieldError(
        isNumber
          ? "\(key) is out of range: '\(excerpt(of: value))'"
          : "\(key) must be a whole number, not '\(excerpt(of: value))'",
        at: place,
        hint: "\(key) is from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return number
  }
}

/// What is wrong with a part of a word, where in the word, and the way out.
package struct FieldError: Error, Equatable {
  package let message: String
  /// The position, in UTF-8 bytes of the word.
  package let range: Range<Int>
  package let hint: String

  package init(_ message: String, at range: Range<Int>, hint: String) {
    self.message = message
    self.range = range
    self.hint = hint
  }
}
