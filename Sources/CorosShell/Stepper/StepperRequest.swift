package import CorosLanguage

/// What somebody does at a stepper at another terminal, on its way to the machine.
package struct StepperRequest: Equatable, Sendable {
  package enum Act: Equatable, Sendable {
    /// To look, without doing anything.
    case look
    case key(ScreenKey)
    /// To let the machine run on, as far as is due by now.
    case slice
    /// To leave the stepper.
    case close
  }

  package let act: Act
  package let width: Int
  package let height: Int
  /// Whether the terminal can show more than ASCII.
  package let isUnicode: Bool

  /// The largest screen that is drawn for.
  private static let largest = (width: 1_000, height: 500)

  package init(_ act: Act, width: Int, height: Int, isUnicode: Bool) {
    self.act = act
    self.width = min(max(0, width), Self.largest.width)
    self.height = min(max(0, height), Self.largest.height)
    self.isUnicode = isUnicode
  }

  /// Reads a request; nil if it is none.
  package init?(_ json: JSON) {
    guard case .object = json, case .int(let width)? = json["width"],
      case .int(let height)? = json["height"]
    else { return nil }
    let act: Act
    switch (json["key"], json["do"]) {
    case (let key?, nil):
      guard let key = ScreenKey(key) else { return nil }
      act = .key(key)
    case (nil, nil): act = .look
    case (nil, "slice"): act = .slice
    case (nil, "close"): act = .close
    default: return nil
    }
    self.init(act, width: width, height: height, isUnicode: json["unicode"] == true)
  }

  /// The request as JSON.
  package var json: JSON {
    var members: [(String, JSON)] = [
      ("width", .int(width)), ("height", .int(height)), ("unicode", .bool(isUnicode)),
    ]
    switch act {
    case .look: break
    case .key(let key): members.append(("key", key.json))
    case .slice: members.append(("do", "slice"))
    case .close: members.append(("do", "close"))
    }
    return .object(members)
  }
}

extension ScreenKey {
  /// The keys that have names; all others are characters, or done with the mouse.
  private static let names: [(String, ScreenKey)] = [
    ("up", .up), ("down", .down), ("left", .left), ("right", .right), ("pageup", .pageUp),
    ("pagedown", .pageDown), ("home", .home), ("end", .end), ("enter", .enter),
    ("escape", .escape), ("backspace", .backspace), ("interrupt", .interrupt),
  ]

  fileprivate var json: JSON {
    switch self {
    case .character(let character): .string(String(character))
    case .click(let row, let column): ["click": [.int(row), .int(column)]]
    case .wheel(let lines, let column): ["wheel": [.int(lines), .int(column)]]
    default: .string(Self.names.first { $0.1 == self }?.0 ?? "")
    }
  }

  fileprivate init?(_ json: JSON) {
    if case .string(let text) = json {
      if let named = Self.names.first(where: { $0.0 == text }) {
        self = named.1
        return
      }
      // A character may be made of many scalars; a key is made of a few.
      guard text.count == 1, text.utf8.count <= 64, let character = text.first else { return nil }
      self = .character(character)
      return
    }
    let (click, wheel) = (json["click"], json["wheel"])
    guard case .array(let numbers)? = click ?? wheel, numbers.count == 2,
      case .int(let first) = numbers[0], case .int(let second) = numbers[1],
      -1_000...1_000 ~= first, 0...1_000 ~= second
    else { return nil }
    self = click == nil ? .wheel(lines: first, column: second) : .click(row: first, column: second)
  }
}
