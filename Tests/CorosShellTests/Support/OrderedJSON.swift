import Foundation
import Testing

@testable import CorosLanguage
@testable import CorosShell

/// Reads JSON into values that keep the order of their keys.
///
/// Foundation's independent parser checks first that the text is valid JSON, so this one need not be strict.
struct OrderedJSON {
  private var rest: Substring.UnicodeScalarView

  static func value(of text: some StringProtocol) throws -> JSON {
    _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
    var reader = OrderedJSON(rest: Substring(text).unicodeScalars)
    return reader.value()
  }

  private mutating func value() -> JSON {
    switch rest.first {
    case "{":
      var members: [(String, JSON)] = []
      while take(oneOf: "{,") != "}" {
        if rest.first == "}" { break }
        let key = string()
        _ = rest.popFirst()
        members.append((key, value()))
      }
      _ = rest.popFirst()
      return .object(members)
    case "[":
      var elements: [JSON] = []
      while take(oneOf: "[,") != "]" {
        if rest.first == "]" { break }
        elements.append(value())
      }
      _ = rest.popFirst()
      return .array(elements)
    case "\"":
      return .string(string())
    default:
      let word = String(rest.prefix { !",]}".unicodeScalars.contains($0) })
      rest = rest.dropFirst(word.unicodeScalars.count)
      switch word {
      case "null": return .null
      case "true": return .bool(true)
      case "false": return .bool(false)
      default:
        return Int(word).map { .int($0) } ?? UInt64(word).map { .unsigned($0) }
          ?? .double(Double(word) ?? .nan)
      }
    }
  }

  /// Takes one of these signs, and returns the one found.
  private mutating func take(oneOf signs: String) -> Unicode.Scalar? {
    guard let first = rest.first, signs.unicodeScalars.contains(first) else { return rest.first }
    return rest.popFirst()
  }

  private mutating func string() -> String {
    var result = "".unicodeScalars
    _ = rest.popFirst()
    while let scalar = rest.popFirst(), scalar != "\"" {
      result.append(scalar)
      if scalar == "\\", let escaped = rest.popFirst() { result.append(escaped) }
    }
    let text = Data("[\"\(String(result))\"]".utf8)
    return (try? JSONSerialization.jsonObject(with: text) as? [String])?.first ?? ""
  }
}
