/// Somebody who is attached, or about to be.
final class AttachedClient {
  let connection: LineConnection
  /// Nil before the greeting.
  var greeting: Greeting?
  /// When the greeting must have come, in milliseconds of the server's clock; nil once it has.
  var deadline: Int?
  var requests: [(id: Int, line: String, text: (width: Int, isColored: Bool)?)] = []
  var hasGone = false
  var isBeingAnswered = false

  init(_ connection: LineConnection, deadline: Int) {
    self.connection = connection
    self.deadline = deadline
  }

  var pid: Int { greeting?.pid ?? 0 }
}
