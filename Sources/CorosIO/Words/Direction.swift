/// In which direction a task waits for a handle.
public enum Direction: UInt8, Sendable {
  /// For what comes in: bytes, connections, the end.
  case read = 1
  /// For room to send.
  case write = 2

  /// The word for it.
  var word: String { self == .read ? "read" : "write" }
}
