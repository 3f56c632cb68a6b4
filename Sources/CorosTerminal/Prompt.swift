/// The text before the line being typed: one line, partly in colour.
package struct Prompt: Equatable, Sendable {
  /// The style of a part of the prompt, as SGR parameters.
  package struct Style: Equatable, Sendable {
    let codes: String

    /// Makes a style of the parameters of an escape sequence.
    package init(codes: String) { self.codes = codes }

    package static let plain = Style(codes: "")
    package static let green = Style(codes: "32")
  }

  private struct Part: Equatable, Sendable {
    var text: String
    var style: Style
  }

  private var parts: [Part] = []

  /// Makes a prompt of one style.
  ///
  /// Control characters are removed: libedit cannot draw a prompt of several lines.
  package init(_ text: String, style: Style = .plain) {
    append(text, style: style)
  }

  /// Appends a part.
  package mutating func append(_ text: String, style: Style = .plain) {
    let visible = text.unicodeScalars.filter { $0.properties.generalCategory != .control }
    let shown = String(String.UnicodeScalarView(visible))
    if !shown.isEmpty { parts.append(Part(text: shown, style: style)) }
  }

  /// The visible text; never empty, and always with a space at the end.
  var visibleText: String {
    let text = parts.map(\.text).joined()
    return text.hasSuffix(" ") ? text : text + " "
  }

  /// The character that surrounds text of no width.
  static let literal: Character = "\u{1}"

  /// The prompt in the form that libedit expects.
  ///
  /// libedit draws an escape sequence together with the character that follows it. So the prompt never ends
  /// in a sequence, and never has two in a row: one sequence ends a style and begins the next, and the final
  /// space is plain.
  func rendered(inColor: Bool) -> String {
    guard inColor else { return visibleText }
    var text = ""
    var current = Style.plain
    func change(to style: Style) {
      guard style != current else { return }
      let codes = style.codes.isEmpty ? "0" : "0;" + style.codes
      text += "\(Self.literal)\u{1B}[\(codes)m\(Self.literal)"
      current = style
    }
    let endsInSpace = parts.last?.text.hasSuffix(" ") ?? false
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      let shown = isLast && endsInSpace ? String(part.text.dropLast()) : part.text
      guard !shown.isEmpty else { continue }
      change(to: part.style)
      text += shown
    }
    change(to: .plain)
    return text + " "
  }
}
