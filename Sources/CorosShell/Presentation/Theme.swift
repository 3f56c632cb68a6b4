/// How the roles of text are painted.
package struct Theme: Equatable, Sendable {
  private var paints: [Style.Role: Paint]

  /// Colours with restraint, on dark and light terminals.
  package static let standard = Theme([
    .heading: .plain.bold, .faint: .plain.faint, .good: Paint(.green), .waiting: Paint(.yellow),
    .locked: Paint(.blue), .asleep: Paint(.magenta), .bad: Paint(.red), .name: Paint(.cyan),
  ])

  /// For projectors, which swallow faint text and yellow: all is bold, and nothing is told by its hue alone.
  static let contrast = Theme([
    .heading: .plain.bold.underlined, .good: Paint(.green).bold, .waiting: Paint(.magenta).bold,
    .locked: Paint(.blue).bold, .asleep: .plain.underlined, .bad: Paint(.red).bold.reversed,
    .name: .plain.bold,
  ])

  /// Bold and faint text, and no colours.
  package static let plain = Theme([
    .heading: .plain.bold, .faint: .plain.faint, .bad: .plain.bold,
  ])

  /// The themes by name.
  package static let all = ["standard": standard, "contrast": contrast, "plain": plain]

  private init(_ paints: [Style.Role: Paint]) { self.paints = paints }

  /// The paint of a role.
  package subscript(role: Style.Role) -> Paint {
    get { paints[role] ?? .plain }
    set { paints[role] = newValue }
  }

  /// A role that is painted with these parameters of an escape sequence.
  package func role(of codes: String) -> Style.Role {
    Style.Role.allCases.first { self[$0].codes == codes } ?? .plain
  }
}
