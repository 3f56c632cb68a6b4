/// What is thought of what a learner has made of a task.
package struct Verdict: Equatable, Sendable {
  package var isPassed: Bool
  /// Why it is not passed; empty if it is.
  package var reason: String
  /// What is said of it besides.
  package var remarks: [Remark] = []
  /// The steps from the beginning of the task, where the machine is the answer.
  package var steps: Int?
  /// How often another task went on in these.
  package var switches: Int?

  /// Something that is said of a right answer.
  package struct Remark: Equatable, Sendable {
    package let kind: Kind
    package let text: String

    package enum Kind: String, CaseIterable, Sendable {
      /// What the lesson wants to be understood.
      case know
      /// What could be better.
      case could
      case wellDone = "well done"
    }

    package init(_ kind: Kind, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }

  package static let passed = Verdict(isPassed: true, reason: "")

  /// Not passed, for a reason.
  package static func failed(_ reason: String) -> Verdict {
    Verdict(isPassed: false, reason: reason)
  }
}
