/// How a piece of text is painted: a colour of the terminal, and marks.
package struct Paint: Equatable, Sendable {
  /// The eight colours that every terminal with colours has, with their numbers in ECMA-48.
  package enum Color: Int, CaseIterable, Sendable {
    case black = 0
    case red, green, yellow, blue, magenta, cyan, white
  }

  /// The colour; nil for that of ordinary text.
  package var color: Color?
  package var isBright = false
  package var isBold = false
  package var isFaint = false
  package var isUnderlined = false
  package var isReversed = false

  package init(_ color: Color? = nil) { self.color = color }

  /// Ordinary text.
  package static let plain = Paint()

  package var bold: Paint { with(\.isBold) }
  package var faint: Paint { with(\.isFaint) }
  package var underlined: Paint { with(\.isUnderlined) }
  package var reversed: Paint { with(\.isReversed) }

  private func with(_ mark: WritableKeyPath<Paint, Bool>) -> Paint {
    var paint = self
    paint[keyPath: mark] = true
    return paint
  }

  /// The parameters of the escape sequence that turns it on; empty for ordinary text.
  package var codes: String {
    var codes: [Int] = []
    if isBold { codes.append(1) }
    if isFaint { codes.append(2) }
    if isUnderlined { codes.append(4) }
    if isReversed { codes.append(7) }
    if let color { codes.append((isBright ? 90 : 30) + color.rawValue) }
    return codes.map(String.init).joined(separator: ";")
  }
}

extension Paint {
  private static var marks: [(word: String, mark: WritableKeyPath<Paint, Bool>)] {
    [
      ("bold", \.isBold), ("faint", \.isFaint), ("underlined", \.isUnderlined),
      ("reversed", \.isReversed),
    ]
  }

  /// The words that name a paint.
  package static var words: [String] {
    let colors = Color.allCases.map { "\($0)" }
    return ["plain"] + colors + colors.map { "bright-" + $0 } + marks.map(\.word)
  }

  /// Reads the name of a paint, such as `bold bright-red`; nil if one of its words is unknown.
  init?(named text: String) {
    self.init()
    for word in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
      let name = word.hasPrefix("bright-") ? word.dropFirst("bright-".count) : word
      if let mark = Self.marks.first(where: { $0.word == word })?.mark {
        self[keyPath: mark] = true
      } else if let color = Color.allCases.first(where: { "\($0)" == name }) {
        (self.color, isBright) = (color, name != word)
      } else if word != "plain" {
        return nil
      }
    }
  }
}
