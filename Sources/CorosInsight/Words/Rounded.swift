package import CorosLanguage

/// A number with a fixed number of decimals, as textbooks print means and shares.
///
/// It is stored as an integer multiple of its smallest unit, so it prints the same on every machine.
package struct Rounded: Equatable {
  /// Nil if the number does not exist: a mean or a share of nothing.
  private let units: Int?
  private let places: Int

  /// Rounds a number, half away from zero.
  package init(_ value: Double?, places: Int) {
    units = value.flatMap { Int(exactly: ($0 * Self.scale(places)).rounded()) }
    self.places = places
  }

  package var value: Double? { units.map { Double($0) / Self.scale(places) } }

  package var json: JSON { value.map { .double($0) } ?? .null }

  package var text: String {
    guard let units else { return "-" }
    let digits = String(units.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return (units < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
  }

  private static func scale(_ places: Int) -> Double {
    (0..<places).reduce(1) { scale, _ in scale * 10 }
  }
}
