/// A program that uses the whole screen of a terminal.
package protocol ScreenProgram: AnyObject {
  /// The current rows, from the top; the screen cuts off what does not fit.
  func rows(on size: TerminalSize) -> [[ScreenText]]

  /// Handles a key.
  func press(_ key: TerminalKey)

  /// Does a little work, and returns when to be called again; keys wait meanwhile.
  ///
  /// - Parameter nanoseconds: The time of a clock that never goes back.
  /// - Returns: When the next slice should run.
  func runSlice(at nanoseconds: UInt64) -> NextSlice

  /// Notes that the process was stopped and continued: what was due meanwhile is not made up for.
  func continueAfterStop()

  /// Whether the program is done with the screen.
  var isFinished: Bool { get }
}

/// A part of a row.
package struct ScreenText: Equatable, Sendable {
  /// The text, without control characters.
  package var text: String
  /// The number of columns reserved for the text; the next part begins there, whatever the terminal does.
  package var columns: Int
  package var style: ScreenStyle

  package init(_ text: String, columns: Int, style: ScreenStyle = ScreenStyle()) {
    self.text = text
    self.columns = columns
    self.style = style
  }
}

/// How text looks: weight, and a colour that only repeats what the words say.
package struct ScreenStyle: Equatable, Sendable {
  /// The colours, with their numbers in ECMA-48.
  package enum Color: Int, CaseIterable, Sendable {
    case black = 0
    case red, green, yellow, blue, magenta, cyan, white
  }

  /// The colour; nil for the default of the terminal.
  package var color: Color?
  /// Whether the colour is the bright one of its name, where the terminal has it.
  package var isBright = false
  package var isBold = false
  package var isFaint = false
  package var isUnderlined = false
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

/// The keys that screen programs distinguish.
package enum TerminalKey: Hashable, Sendable {
  case character(Character)
  case up, down, left, right
  case pageUp, pageDown, home, end
  case enter, escape, backspace
  /// Ctrl-C.
  case interrupt
  /// The left button of the mouse, in a cell of the screen, counted from 0.
  case click(row: Int, column: Int)
  /// The wheel of the mouse, down or, with fewer than 0 lines, up.
  case wheel(lines: Int, column: Int)
}

/// Why the screen cannot be used.
package enum ScreenError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Standard input or standard output is not a terminal.
  case notATerminal
  /// `TERM` names an unknown type.
  case unknownType(String)
  /// A terminal of this type cannot move its cursor.
  case cannotMove(String)
  /// The library failed to start.
  case unavailable

  package var description: String {
    switch self {
    case .notATerminal: "standard input and output are not both a terminal"
    case .unknownType(""): "TERM is not set"
    case .unknownType(let type): "the terminal type '\(type)' is unknown"
    case .cannotMove(let type): "a terminal of type '\(type)' cannot move its cursor"
    case .unavailable: "the screen library cannot be started"
    }
  }
}
