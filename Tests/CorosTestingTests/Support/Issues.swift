import Synchronization
import Testing

/// A value that tasks share.
final class Box {
  var value = 0
}

/// The texts of the issues that a body records, in order.
func issues(_ body: () throws -> Void) throws -> [String] {
  let texts = Mutex<[String]>([])
  try withKnownIssue(isIntermittent: true) {
    try body()
  } matching: { issue in
    let text = issue.comments.map(\.rawValue).joined(separator: "\n")
    texts.withLock { $0.append(text) }
    return true
  }
  return texts.withLock { $0 }
}
