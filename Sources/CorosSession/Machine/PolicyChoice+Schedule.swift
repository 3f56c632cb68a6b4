package import CorosHistory
package import CorosKernel

extension PolicyChoice {
  /// The policy that a schedule names.
  ///
  /// - Throws: What is wrong with it.
  package init(of schedule: Schedule) throws(PolicyError) {
    let words = schedule.policy.split(separator: " ").map { String($0) }
    self = try PolicyChoice.parse(name: words.first ?? "", settings: Array(words.dropFirst()))
  }
}
