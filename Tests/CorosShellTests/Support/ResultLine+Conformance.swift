@testable import CorosLanguage
@testable import CorosSession
@testable import CorosShell

extension ResultLine {
  /// The differences between an object and this line.
  ///
  /// - Parameters:
  ///   - members: The members of the object.
  ///   - seen: Receives the paths of the keys found, and of the nulls as `path=null`.
  /// - Returns: A sentence for each difference.
  func discrepancies(in members: [(String, JSON)], seen: inout Set<String>) -> [String] {
    ResultType.discrepancies(keys, in: members, at: "", seen: &seen)
  }
}

extension ResultType {
  /// The differences between an object and its keys: their order, their presence, and their types.
  fileprivate static func discrepancies(
    _ keys: [ResultKey],
    in members: [(String, JSON)],
    at path: String,
    seen: inout Set<String>
  ) -> [String] {
    var rest = members[...]
    var found: [String] = []
    for key in keys {
      let place = path.isEmpty ? key.name : "\(path).\(key.name)"
      guard let member = rest.first, member.0 == key.name else {
        if !key.isOptional { found.append("\(place) is missing, or not in its place") }
        continue
      }
      seen.insert(place)
      found += key.type.discrepancies(in: member.1, at: place, seen: &seen)
      rest.removeFirst()
    }
    return found + rest.map { "\(path) has a key '\($0.0)' that is not promised there" }
  }

  private func discrepancies(
    in value: JSON,
    at path: String,
    seen: inout Set<String>
  ) -> [String] {
    switch (self, value) {
    case (.number, .int), (.number, .unsigned), (.number, .double): return []
    case (.text, .string), (.truth, .bool): return []
    case (.word(let words), .string(let text)) where words.contains(text): return []
    case (.list(let type), .array(let elements)):
      return elements.flatMap { type.discrepancies(in: $0, at: path + "[]", seen: &seen) }
    case (.object(let keys), .object(let members)):
      return Self.discrepancies(keys, in: members, at: path, seen: &seen)
    case (.dictionary(let type), .object(let members)):
      return members.flatMap { type.discrepancies(in: $0.1, at: path + "{}", seen: &seen) }
    case (.tree, .array(let parts)):
      guard parts.count == 2, case .string = parts[0], case .array(let children) = parts[1] else {
        return ["\(path) is not a tree: \(value.text)"]
      }
      return children.flatMap { discrepancies(in: $0, at: path, seen: &seen) }
    case (.orNull, .null):
      seen.insert(path + "=null")
      return []
    case (.orNull(let type), _):
      return type.discrepancies(in: value, at: path, seen: &seen)
    case (.either(let one, let other), _):
      let first = one.discrepancies(in: value, at: path, seen: &seen)
      return first.isEmpty ? [] : other.discrepancies(in: value, at: path, seen: &seen)
    default:
      return ["\(path) should be \(name), and is \(value.text)"]
    }
  }
}
