import CorosLanguage

/// Somebody who is attached, or about to be.
final class AttachedClient {
  /// What was asked, and has no answer yet.
  struct Request {
    let id: Int
    var line = ""
    var stepper: JSON?
    var text: (width: Int, isColored: Bool)?
    var hasScreen = false
  }

  let connection: LineConnection
  /// The number by which the machine tells those attached apart.
  let number: Int
  /// Nil before the greeting.
  var greeting: Greeting?
  /// When the greeting must have come, in milliseconds of the server's clock; nil once it has.
  var deadline: Int?
  var requests: [Request] = []
  var hasGone = false
  var isBeingAnswered = false

  /// How many requests wait for their answers before nothing more is read: the rest stays with the system.
  static let mostRequests = 1_000

  init(_ connection: LineConnection, number: Int, deadline: Int) {
    self.connection = connection
    self.number = number
    self.deadline = deadline
  }

  /// Whether anything more is read: not from those who do not take their answers, or ask without end.
  var isRead: Bool { !connection.isFull && requests.count < Self.mostRequests }

  var pid: Int { greeting?.pid ?? 0 }
}
