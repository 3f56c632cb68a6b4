import CorosHistory
import CorosSession

extension ExplainedStop {
  /// A line for each breakpoint that was hit.
  func text(in look: Look) -> String {
    hits.map { hit in
      let head = look.style.paint("\(hit.kind.rawValue) \(hit.hit.breakpoint)", .heading)
      return "\(head), tick \(hit.hit.tick): \(hit.text)\n"
    }.joined()
  }
}
