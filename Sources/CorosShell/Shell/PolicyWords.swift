import CorosKernel
package import CorosLanguage

/// A policy and its settings, typed as if they were a command: `timer every=2`, or `timer:every=2`.
package struct PolicyWords {
  private let policy: KnownPolicy
  private let settings: [String]

  /// Longer commands are not shown.
  private static let longest = 80

  /// Reads the words of a command, at least one; nil if the first is no name of a policy.
  package init?(_ words: [Argument]) {
    let parts = words[0].text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let policy = KnownPolicy.named(String(parts[0])) else { return nil }
    self.policy = policy
    let typed =
      parts.dropFirst().flatMap { $0.split(separator: ",") }.map(String.init)
      + words.dropFirst().map(\.text)
    // A number alone is meant for the first setting: `rr 3`.
    if typed.count == 1, Int(typed[0]) != nil, let key = policy.keys.first {
      settings = ["\(key.name)=\(typed[0])"]
    } else {
      settings = typed
    }
  }

  /// The command that chooses the policy: with the settings as typed if they are right, else with the defaults.
  package var command: String {
    let typed = (["policy", policy.name] + settings.map(quoted)).joined(separator: " ")
    do throws(PolicyError) {
      _ = try PolicyChoice.parse(name: policy.name, settings: settings)
      return typed.utf8.count > Self.longest ? "policy \(policy.usage)" : typed
    } catch {
      return "policy \(policy.usage)"
    }
  }
}
