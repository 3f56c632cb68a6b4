/// A state machine that runs a text, one visible act a step: what debuggers ask of it.
///
/// Between two steps it stands at an act that it has done. ``Scheduler/steppedProgram(of:)`` lets a copy of it go on to
/// the next act, so that what it says there is what the next step of the task does.
public protocol SteppedProgram: StateMachine {
  /// The name of the program.
  var programName: String { get }

  /// The text of the program; its first line is line 1.
  var text: String { get }

  /// The local variables, or the registers, in the order of the text.
  var variables: [SteppedVariable] { get }

  /// What the act does at which it stands, as a clause without its subject: `reads n`.
  ///
  /// Nil at the end.
  var act: String? { get }
}

/// A local variable, or a register.
public struct SteppedVariable: Hashable, Sendable {
  /// What it contains.
  public enum Value: Hashable, Sendable {
    /// A number.
    case number(Int)
    /// A truth value.
    case truth(Bool)
  }

  /// Its name.
  public let name: String
  /// What it contains now.
  public let value: Value

  /// Describes a variable.
  public init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }
}

extension SteppedVariable.Value: CustomStringConvertible {
  /// The value as it is written.
  public var description: String {
    switch self {
    case .number(let number): String(number)
    case .truth(let truth): String(truth)
    }
  }
}
