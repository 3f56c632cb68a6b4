/// A register of a thread, besides its program counter.
package enum Register: UInt8, CaseIterable, Hashable, Sendable {
  case ax, bx, cx, dx, ex, fx, sp, bp

  /// Its name, without the percent sign.
  package var name: String { String(describing: self) }

  /// The register of a name; nil when there is none.
  init?(named name: some StringProtocol) {
    guard let register = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = register
  }
}
