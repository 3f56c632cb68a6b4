import CorosInsight
package import CorosKernel
package import CorosLanguage

/// A field of a result: its key in JSON, its meaning, and how to read its value.
///
/// A result declares its fields once. Its JSON, the reference page, and the test that compares the two follow
/// from that list.
package struct ResultField<Object>: Sendable {
  package let key: ResultKey
  /// Reads the value; nil leaves the key out.
  package let value: @Sendable (Object) -> JSON?

  fileprivate init(_ key: ResultKey, _ value: @escaping @Sendable (Object) -> JSON?) {
    self.key = key
    self.value = value
  }

  /// A field of any type, whose value is already JSON.
  ///
  /// - Parameters:
  ///   - name: The key.
  ///   - type: The possible values.
  ///   - meaning: The meaning in a few words, without a full stop.
  ///   - value: Reads the value.
  package init(
    _ name: String,
    _ type: ResultType,
    _ meaning: String,
    _ value: @escaping @Sendable (Object) -> JSON
  ) {
    self.init(ResultKey(name, type, meaning), value)
  }

  /// The same for a key that is sometimes absent; the meaning says when.
  package static func sometimes(
    _ name: String,
    _ type: ResultType,
    _ meaning: String,
    _ value: @escaping @Sendable (Object) -> JSON?
  ) -> Self {
    Self(.sometimes(name, type, meaning), value)
  }

  // MARK: Shorthands

  /// A whole number.
  package static func number(
    _ name: String,
    _ meaning: String,
    _ value: @escaping @Sendable (Object) -> Int
  ) -> Self {
    Self(name, .number, meaning) { .int(value($0)) }
  }

  /// A whole number, or null.
  package static func numberOrNull(
    _ name: String,
    _ meaning: String,
    _ value: @escaping @Sendable (Object) -> Int?
  ) -> Self {
    Self(name, .orNull(.number), meaning) { .int(value($0)) }
  }

  /// A text.
  package static func text(
    _ name: String,
    _ meaning: String,
    _ value: @escaping @Sendable (Object) -> String
  ) -> Self {
    Self(name, .text, meaning) { .string(value($0)) }
  }

  /// A text, or null.
  package static func textOrNull(
    _ name: String,
    _ meaning: String,
    _ value: @escaping @Sendable (Object) -> String?
  ) -> Self {
    Self(name, .orNull(.text), meaning) { .string(value($0)) }
  }

  /// One of a few texts.
  package static func word(
    _ name: String,
    of words: [String],
    _ meaning: String,
    _ value: @escaping @Sendable (Object) -> String
  ) -> Self {
    Self(name, .word(words), meaning) { .string(value($0)) }
  }

  /// The state of a task, under the key `state`.
  package static func state(_ value: @escaping @Sendable (Object) -> TaskState) -> Self {
    .word("state", of: TaskWords.states, "what it is doing") { value($0).word }
  }

  /// True or false.
  package static func truth(
    _ name: String,
    _ meaning: String,
    _ value: @escaping @Sendable (Object) -> Bool
  ) -> Self {
    Self(name, .truth, meaning) { .bool(value($0)) }
  }

  /// A list of whole numbers.
  package static func numbers(
    _ name: String,
    _ meaning: String,
    _ value: @escaping @Sendable (Object) -> [Int]
  ) -> Self {
    Self(name, .list(.number), meaning) { .array(value($0).map { .int($0) }) }
  }

  /// A list of task ids.
  package static func tasks(
    _ name: String,
    _ meaning: String,
    _ value: @escaping @Sendable (Object) -> [TaskID]
  ) -> Self {
    Self(name, .list(.number), meaning) { .array(value($0).map { .int($0.rawValue) }) }
  }

  /// A list of texts.
  package static func texts(
    _ name: String,
    _ meaning: String,
    _ value: @escaping @Sendable (Object) -> [String]
  ) -> Self {
    Self(name, .list(.text), meaning) { .array(value($0).map { .string($0) }) }
  }

  /// A list of objects; their type declares the keys.
  package static func objects<Element: ResultObject>(
    _ name: String,
    _ meaning: String,
    _ value: @escaping @Sendable (Object) -> [Element]
  ) -> Self {
    Self(name, .objects(Element.keys), meaning) { .array(value($0).map(\.json)) }
  }

  /// An object; its type declares the keys.
  package static func object<Element: ResultObject>(
    _ name: String,
    _ meaning: String,
    _ value: @escaping @Sendable (Object) -> Element
  ) -> Self {
    Self(name, .object(Element.keys), meaning) { value($0).json }
  }

  /// An object, or null.
  package static func objectOrNull<Element: ResultObject>(
    _ name: String,
    _ meaning: String,
    _ value: @escaping @Sendable (Object) -> Element?
  ) -> Self {
    Self(name, .orNull(.object(Element.keys)), meaning) { value($0)?.json ?? .null }
  }
}

extension Array {
  /// The fields of a part, as fields of the object itself.
  package static func fields<Object, Part: ResultObject>(
    of part: @escaping @Sendable (Object) -> Part
  ) -> Self where Element == ResultField<Object> {
    Part.fields.map { field in ResultField(field.key) { field.value(part($0)) } }
  }

  /// The fields of an optional part; its keys are absent when the part is.
  package static func fields<Object, Part: ResultObject>(
    ofAny part: @escaping @Sendable (Object) -> Part?
  ) -> Self where Element == ResultField<Object> {
    Part.fields.map { field in
      let key = field.key
      return .sometimes(key.name, key.type, key.meaning) { part($0).flatMap(field.value) }
    }
  }
}

/// A value with named parts: an object in JSON.
package protocol ResultObject: SendableMetatype {
  /// The fields, in the order of the JSON.
  static var fields: [ResultField<Self>] { get }
}

extension ResultObject {
  /// The keys, for the reference.
  package static var keys: [ResultKey] { fields.map(\.key) }

  /// The keys and their values, in order.
  package var members: [(String, JSON)] {
    Self.fields.compactMap { field in field.value(self).map { (field.key.name, $0) } }
  }

  /// The value as a JSON object.
  package var json: JSON { .object(members) }

  /// Appends the object as compact JSON, member by member; for lists of a million.
  package func write(into text: inout String) {
    text += "{"
    var isFirst = true
    for field in Self.fields {
      guard let value = field.value(self) else { continue }
      if !isFirst { text += "," }
      isFirst = false
      JSON.string(field.key.name).write(into: &text)
      text += ":"
      value.write(into: &text)
    }
    text += "}"
  }
}
