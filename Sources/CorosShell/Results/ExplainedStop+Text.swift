import CorosHistory
import CorosSession

extension ExplainedStop {
  /// A line for each breakpoint that was hit.
  package func text(in look: Look) -> String {
    hits.map { $0.text(in: look) }.joined()
  }
}

extension ExplainedHit {
  /// A line that says what hit which breakpoint.
  package func text(in look: Look) -> String {
    let head = look.style.paint("\(kind.rawValue) \(hit.breakpoint)", .heading)
    return "\(head), tick \(hit.tick): \(text)\n"
  }
}
