/// A command of an app's own: what it can say about itself, or be told to do, at the prompt of its monitor.
///
/// ```swift
/// MonitorCommand("orders", "how many orders wait", isLooking: true) { _ in "\(orders.count) orders" }
/// ```
public struct MonitorCommand {
  /// The word that is typed; no command of Coros may begin with it.
  public let name: String
  /// What it does, in one line without a full stop.
  public let summary: String
  /// How to type it.
  public let usage: String
  /// Whether it only shows something, so that those who watch may give it as well as the one who drives.
  public let isLooking: Bool
  let run: ([String]) throws -> String

  /// Describes a command.
  ///
  /// - Parameters:
  ///   - name: The word that is typed.
  ///   - summary: What it does, in one line without a full stop.
  ///   - usage: How to type it. Default: the name alone.
  ///   - isLooking: Whether it only shows something.
  ///   - run: Runs it with the words behind its name, and returns what is to be shown. It is called where the app
  ///     calls `service()`; what it throws is shown as the reason why it failed.
  public init(
    _ name: String,
    _ summary: String,
    usage: String? = nil,
    isLooking: Bool,
    run: @escaping ([String]) throws -> String
  ) {
    self.name = name
    self.summary = summary
    self.usage = usage ?? name
    self.isLooking = isLooking
    self.run = run
  }
}
