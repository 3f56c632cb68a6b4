import CorosInsight
import CorosSession

extension Explanation: CommandResult {
  /// A line for each sentence.
  package func text(in look: Look) -> String { sentences.map { $0 + "\n" }.joined() }
}
