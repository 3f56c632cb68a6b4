/// What happens while a person waits for an answer.
package final class Waiting {
  private var action: (() -> Void)?
  private var count = 0

  /// Between two of so many questions whether to give up, little time passes.
  private static let stride = 512

  /// Something takes long from now on.
  package func begin(_ action: @escaping () -> Void) {
    self.action = action
    count = 0
  }

  /// It is over.
  package func end() { action = nil }

  /// Notes that somebody has asked whether to give up, which happens after each step.
  func beat() {
    guard let action else { return }
    count += 1
    if count % Self.stride == 0 { action() }
  }
}
