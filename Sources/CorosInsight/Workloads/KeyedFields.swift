import CorosLanguage

/// The fields of a word such as `at=0,len=20`, each with its position in the word.
struct KeyedFields {
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
    for text in word.split(separator: ",", omittingEmptySubsequences: false) where !word.isEmpty {
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
          hint: Suggestion.question(for: key, among: keys)
            ?? "keys: \(keys.joined(separator: ", "))"
        )
      }
      guard !fields.contains(where: { $0.key == key }) else {
        throw FieldError("\(key) is given twice", at: range, hint: "leave one of them out")
      }
      fields.append(Field(key: key, value: String(parts[1]), range: range))
    }
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
