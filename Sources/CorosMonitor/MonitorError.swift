/// Why a machine cannot be looked at from another terminal.
public struct MonitorError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, as a sentence without a full stop.
  public let message: String
  /// The way out; empty for none.
  public let hint: String

  /// Both, in one line.
  public var description: String { hint.isEmpty ? message : "\(message); \(hint)" }
}
