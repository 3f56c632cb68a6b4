/// Colours, used with restraint: they repeat what the words already say, and can be turned off.
package struct Style: Equatable, Sendable {
  package var isEnabled: Bool

  package init(isEnabled: Bool) {
    self.isEnabled = isEnabled
  }

  /// The role of a piece of text, which decides its colour.
  package enum Role: String, Sendable {
    /// A heading.
    case heading = "1"
    /// Less important than the rest.
    case faint = "2"
    /// Running, ready, or ended with status 0.
    case good = "32"
    /// Waiting, stopped.
    case waiting = "33"
    /// Waiting for a lock.
    case locked = "34"
    /// Sleeping.
    case asleep = "35"
    /// Failed, killed.
    case bad = "31"
    /// A name that the user could type.
    case name = "36"
    case plain = ""
  }

  /// The text in the colour of its role, and back to normal after it.
  package func paint(_ text: String, _ role: Role) -> String {
    guard isEnabled, role != .plain, !text.isEmpty else { return text }
    return "\u{1B}[\(role.rawValue)m\(text)\u{1B}[0m"
  }
}
