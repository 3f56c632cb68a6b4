import CorosLanguage

// What a file of results is read by: a value, if it is of the kind that is expected.

extension JSON {
  var number: Int? { if case .int(let number) = self { number } else { nil } }

  var word: String? { if case .string(let text) = self { text } else { nil } }

  var list: [JSON]? { if case .array(let list) = self { list } else { nil } }

  var numbers: [Int]? { all(\.number) }

  var words: [String]? { all(\.word) }

  private func all<Value>(_ value: (JSON) -> Value?) -> [Value]? {
    guard let list else { return nil }
    let values = list.compactMap(value)
    return values.count == list.count ? values : nil
  }
}
