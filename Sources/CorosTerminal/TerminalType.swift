internal import CCurses

/// What a type of terminal can do, according to the terminfo database.
package struct TerminalType: Equatable, Sendable {
  /// The name of the type; empty if it is not set.
  package var name: String
  /// Whether the database has an entry for it.
  package var isKnown: Bool
  /// Whether programs can put the cursor anywhere.
  package var canMoveCursor: Bool
  package var hasColor: Bool

  package init(name: String, isKnown: Bool, canMoveCursor: Bool, hasColor: Bool) {
    self.name = name
    self.isKnown = isKnown
    self.canMoveCursor = canMoveCursor
    self.hasColor = hasColor
  }

  /// No terminal, or one of which nothing is known: it shows lines.
  package static let none = TerminalType(
    name: "",
    isKnown: false,
    canMoveCursor: false,
    hasColor: false
  )

  /// The type that `TERM` names, for the terminal at a descriptor.
  static func current(at descriptor: Int32) -> TerminalType {
    guard let name = environmentVariable("TERM"), !name.isEmpty else { return .none }
    var colors: Int32 = 0
    let fitness = Int(coros_curses_fitness(descriptor, &colors))
    return TerminalType(
      name: name,
      isKnown: fitness != Int(COROS_TERMINAL_UNKNOWN),
      canMoveCursor: fitness == Int(COROS_TERMINAL_FIT),
      hasColor: colors > 1
    )
  }
}
