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

  /// The condition that it waits for where it stands, as its text says it: `serving == 2`; nil for none.
  var condition: String? { get }

  /// What it does further on that would let another program go on, which waits where it stands.
  ///
  /// - Parameter waiter: The other program.
  /// - Returns: The nearest such act; nil when there is none.
  func relief(of waiter: any SteppedProgram) -> Relief?
}

extension SteppedProgram {
  /// None: most programs wait for objects alone.
  public var condition: String? { nil }

  /// Nothing that could be read from the text.
  public func relief(of waiter: any SteppedProgram) -> Relief? { nil }
}

/// An act of one program for which another one waits.
public struct Relief: Hashable, Sendable {
  /// The line in which it stands.
  public let line: Int
  /// What it does, as a clause without its subject, in the infinitive: `write serving`.
  public let deed: String
  /// Whether no condition stands between the program and this act.
  public let isCertain: Bool
  /// Whether it makes a task that may help, and does not help itself.
  public let isByOthers: Bool

  /// Describes an act.
  public init(line: Int, deed: String, isCertain: Bool, isByOthers: Bool = false) {
    self.line = line
    self.deed = deed
    self.isCertain = isCertain
    self.isByOthers = isByOthers
  }
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
