/// Colours, used with restraint: they repeat what the words already say, and can be turned off.
package struct Style: Equatable, Sendable {
  package var isEnabled: Bool
  package var theme: Theme

  package init(isEnabled: Bool, theme: Theme = .standard) {
    self.isEnabled = isEnabled
    self.theme = theme
  }

  /// The role of a piece of text, which decides its colour.
  package enum Role: String, CaseIterable, Sendable {
    case plain
    /// A heading.
    case heading
    /// Less important than the rest.
    case faint
    /// Running, ready, or ended with status 0.
    case good
    /// Waiting, stopped.
    case waiting
    /// Waiting for a lock.
    case locked
    /// Sleeping.
    case asleep
    /// Failed, killed.
    case bad
    /// A name that the user could type.
    case name
  }

  /// The text in the colour of its role, and back to normal after it.
  package func paint(_ text: String, _ role: Role) -> String {
    guard isEnabled, role != .plain, !text.isEmpty else { return text }
    let codes = theme[role].codes
    return codes.isEmpty ? text : "\u{1B}[\(codes)m\(text)\u{1B}[0m"
  }
}
