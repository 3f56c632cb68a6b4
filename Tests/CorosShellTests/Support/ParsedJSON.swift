import Foundation
import Testing

/// One line of JSON, read by a parser that knows nothing of the one who wrote it.
struct ParsedLine {
  let members: [String: Any]
  /// The keys of the outermost object, in the order in which they are written.
  let keys: [String]

  init(_ line: some StringProtocol) throws {
    let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
    members = try #require(value as? [String: Any], "not an object: \(line)")
    keys = Self.outermostKeys(of: String(line))
  }

  subscript(key: String) -> Any? { members[key] }

  var command: String? { members["command"] as? String }

  private static func outermostKeys(of line: String) -> [String] {
    var keys: [String] = []
    var depth = 0
    var text: String?
    var isEscaped = false
    var last = ""
    for character in line {
      if let open = text {
        if isEscaped {
          isEscaped = false
          text = open + String(character)
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          last = open
          text = nil
        } else {
          text = open + String(character)
        }
        continue
      }
      switch character {
      case "\"": text = ""
      case "{", "[": depth += 1
      case "}", "]": depth -= 1
      case ":" where depth == 1: keys.append(last)
      default: break
      }
    }
    return keys
  }
}

/// The lines of a text, each of which must be an object of its own.
func parsedLines(_ text: String) throws -> [ParsedLine] {
  try text.split(separator: "\n").map { try ParsedLine($0) }
}

/// What the value of a key may be.
enum JSONType: Sendable {
  case number, string, truth, list, object, anything
  indirect case orNull(JSONType)

  func admits(_ value: Any?) -> Bool {
    switch self {
    case .number: (value as? NSNumber).map { !Self.isTruth($0) } ?? false
    case .truth: (value as? NSNumber).map(Self.isTruth) ?? false
    case .string: value is String
    case .list: value is [Any]
    case .object: value is [String: Any]
    case .anything: value != nil
    case .orNull(let type): value is NSNull || type.admits(value)
    }
  }

  private static func isTruth(_ number: NSNumber) -> Bool {
    String(cString: number.objCType) == "c"
  }
}
