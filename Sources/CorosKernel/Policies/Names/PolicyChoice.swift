/// A policy with its settings, chosen by name: `mlfq:quanta=2/4/8`.
///
/// It makes a new policy each time, so that one choice serves any number of schedulers.
public struct PolicyChoice: Sendable {
  /// Makes the policy, holding no tasks.
  public let make: @Sendable () -> any SchedulingPolicy

  /// Chooses what a closure makes.
  ///
  /// - Parameter make: makes a policy that holds no tasks, the same each time.
  public init(make: @escaping @Sendable () -> any SchedulingPolicy) {
    self.make = make
  }

  /// Round robin with a quantum of 1.
  public static let standard = PolicyChoice { RoundRobin() }

  /// The names of all policies.
  public static var names: [String] { KnownPolicy.all.map(\.name) }

  /// Reads `NAME[:KEY=VALUE,...]`, one word.
  ///
  /// - Parameter option: the word.
  /// - Returns: the choice.
  /// - Throws: `PolicyError`.
  public static func parse(option: String) throws(PolicyError) -> PolicyChoice {
    let parts = option.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let settings = parts.count > 1 ? parts[1].split(separator: ",").map { String($0) } : []
    return try parse(name: String(parts[0]), settings: settings)
  }

  /// Reads a name and its settings, a word each.
  ///
  /// - Parameters:
  ///   - name: the name.
  ///   - settings: each as `KEY=VALUE`.
  /// - Returns: the choice.
  /// - Throws: `PolicyError`.
  public static func parse(
    name: String,
    settings: [String]
  ) throws(PolicyError) -> PolicyChoice {
    guard let known = KnownPolicy.named(name) else {
      throw PolicyError(word: 0, .unknownPolicy(name), allowed: names)
    }
    return PolicyChoice(make: try known.make(PolicySettings(of: known, words: settings)))
  }
}
