/// What the last `test` of a thread has found out; before the first, no flag is set.
package struct Flags: Hashable, Sendable {
  /// What a conditional jump looks for, in the order in which the flags are written.
  enum Condition: UInt8, CaseIterable {
    case greaterOrEqual, greater, lessOrEqual, less, notEqual, equal

    /// What follows the `j` in the name of the jump.
    var suffix: String {
      switch self {
      case .greaterOrEqual: "gte"
      case .greater: "gt"
      case .lessOrEqual: "lte"
      case .less: "lt"
      case .notEqual: "ne"
      case .equal: "e"
      }
    }
  }

  private var bits: UInt8 = 0

  /// No flag.
  init() {}

  /// The flags after a comparison.
  init(_ value: Int, comparedWith other: Int) {
    set(.greaterOrEqual, value >= other)
    set(.greater, value > other)
    set(.lessOrEqual, value <= other)
    set(.less, value < other)
    set(.notEqual, value != other)
    set(.equal, value == other)
  }

  private mutating func set(_ condition: Condition, _ isSet: Bool) {
    if isSet { bits |= 1 << condition.rawValue }
  }

  func has(_ condition: Condition) -> Bool { bits & 1 << condition.rawValue != 0 }

  /// Six digits, in the order >= > <= < != ==.
  package var text: String { Condition.allCases.map { has($0) ? "1" : "0" }.joined() }
}
