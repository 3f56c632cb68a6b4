import Foundation
import Testing

@testable import CorosLanguage
@testable import CorosShell

/// One line of JSON, read by an independent parser.
struct ParsedLine {
  let members: [String: Any]
  /// The keys of the object, in the order of the text.
  let keys: [String]

  init(_ line: some StringProtocol) throws {
    let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
    members = try #require(value as? [String: Any], "not an object: \(line)")
    switch try OrderedJSON.value(of: line) {
    case .object(let members): keys = members.map(\.0)
    default: keys = []
    }
  }

  subscript(key: String) -> Any? { members[key] }

  var command: String? { members["command"] as? String }
}

/// The lines of a text, each of which must be an object.
func parsedLines(_ text: String) throws -> [ParsedLine] {
  try text.split(separator: "\n").map { try ParsedLine($0) }
}
