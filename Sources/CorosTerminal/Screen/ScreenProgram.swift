/// Something that has the whole screen of a terminal for a while.
package protocol ScreenProgram: AnyObject {
  /// The rows to be seen now, from the top; what does not fit is left out.
  func rows(on size: TerminalSize) -> [[ScreenText]]

  /// Takes a key that was pressed.
  func press(_ key: TerminalKey)

  /// Does a little work and says when to be called again; keys wait meanwhile.
  ///
  /// - Parameter nanoseconds: A clock that only goes forward.
  /// - Returns: When there will be more to do.
  func runSlice(at nanoseconds: UInt64) -> NextSlice

  /// Whether it gives the screen back.
  var isFinished: Bool { get }
}

/// A piece of a row.
package struct ScreenText: Equatable, Sendable {
  /// What is written; none of it controls.
  package var text: String
  /// How many columns it is meant to take: what follows begins after so many, whatever the terminal thinks.
  package var columns: Int
  package var style: ScreenStyle

  package init(_ text: String, columns: Int, style: ScreenStyle = ScreenStyle()) {
    self.text = text
    self.columns = columns
    self.style = style
  }
}

/// How text looks: a colour that repeats what the words say, and weight.
package struct ScreenStyle: Equatable, Sendable {
  /// The colours, by the numbers of ECMA-48.
  package enum Color: Int, CaseIterable, Sendable {
    case red = 1
    case green, yellow, blue, magenta, cyan
  }

  /// Nil is the terminal's own.
  package var color: Color?
  package var isBold = false
  package var isFaint = false
  package var isReversed = false

  package init(
    color: Color? = nil,
    isBold: Bool = false,
    isFaint: Bool = false,
    isReversed: Bool = false
  ) {
    self.color = color
    self.isBold = isBold
    self.isFaint = isFaint
    self.isReversed = isReversed
  }
}

/// A key of a keyboard, as far as screen programs know them.
package enum TerminalKey: Hashable, Sendable {
  case character(Character)
  case up, down, left, right
  case pageUp, pageDown, home, end
  case enter, escape, backspace
  /// Ctrl-C.
  case interrupt
}

/// Why there is no screen to be had.
package enum ScreenError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Standard input or standard output is no terminal.
  case notATerminal
  /// Nobody knows the type that `TERM` names.
  case unknownType(String)
  /// A terminal of this type cannot move its cursor.
  case cannotMove(String)
  /// The library could not be started.
  case unavailable

  package var description: String {
    switch self {
    case .notATerminal: "standard input and output are not both a terminal"
    case .unknownType(""): "TERM does not say what terminal this is"
    case .unknownType(let type): "nothing is known of a terminal of the type '\(type)'"
    case .cannotMove(let type): "a terminal of the type '\(type)' cannot move its cursor"
    case .unavailable: "the screen library cannot be started"
    }
  }
}
