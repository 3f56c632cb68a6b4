/// What is wrong with the name or the settings of a policy.
public struct PolicyError: Error, Hashable, Sendable {
  /// Which word is wrong: 0 is the name, 1 the first setting.
  public let word: Int
  /// What is wrong with it.
  public let mistake: Mistake
  /// The names that could stand there, of policies or of settings; empty where the name is not the mistake.
  public let allowed: [String]

  /// A mistake in a policy's name or settings.
  public enum Mistake: Hashable, Sendable {
    /// No policy has this name.
    case unknownPolicy(String)
    /// The word is not one of the policy's settings, which are typed as in `usage`.
    case unknownSetting(String, policy: String, usage: String)
    /// The setting is given twice.
    case repeated(String, usage: String)
    /// The value of the setting breaks the rule; the example does not.
    case badValue(String, of: String, rule: String, example: String)
  }

  init(word: Int, _ mistake: Mistake, allowed: [String] = []) {
    self.word = word
    self.mistake = mistake
    self.allowed = allowed
  }

  /// What is wrong, in a clause.
  ///
  /// - Parameter quote: makes what was typed fit to stand in the message.
  /// - Returns: the clause.
  package func message(quoting quote: (String) -> String) -> String {
    switch mistake {
    case .unknownPolicy(let name): "there is no policy '\(quote(name))'"
    case .unknownSetting(let word, let policy, _):
      "'\(quote(word))' is not a setting of \(policy)"
    case .repeated(let key, _): "\(key) is given twice"
    case .badValue(let value, let key, let rule, _): "\(key) \(rule), not '\(quote(value))'"
    }
  }

  /// What to type instead.
  public var remedy: String {
    switch mistake {
    case .unknownPolicy: "one of: \(allowed.joined(separator: ", "))"
    case .unknownSetting(_, let policy, let usage):
      allowed.isEmpty ? "\(policy) has none" : "usage: \(usage)"
    case .repeated(_, let usage): "usage: \(usage)"
    case .badValue(_, let key, _, let example): "for example \(key)=\(example)"
    }
  }
}

extension PolicyError: CustomStringConvertible {
  /// What is wrong, and what to type instead.
  public var description: String { "\(message { $0.cut(to: 40) }); \(remedy)" }
}
