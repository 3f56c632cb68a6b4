/// The `KEY=VALUE` settings of a policy, as they were given.
///
/// Default: a setting that was not given has the value in `KnownPolicy.keys`.
struct PolicySettings {
  private let policy: KnownPolicy
  private var values: [String: (value: String, word: Int)] = [:]

  init(of policy: KnownPolicy, words: [String]) throws(PolicyError) {
    self.policy = policy
    for (index, word) in words.enumerated() {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let key = String(parts[0])
      guard parts.count == 2, policy.keys.contains(where: { $0.name == key }) else {
        throw PolicyError(
          word: index + 1,
          .unknownSetting(word, policy: policy.name, usage: policy.usage),
          allowed: policy.keys.map(\.name)
        )
      }
      if values[key] != nil {
        throw PolicyError(word: index + 1, .repeated(key, usage: policy.usage))
      }
      values[key] = (String(parts[1]), index + 1)
    }
  }

  /// Whether a setting was given.
  func isGiven(_ key: String) -> Bool { values[key] != nil }

  /// Reads a whole number.
  func integer(_ key: String, in range: ClosedRange<Int>) throws(PolicyError) -> Int {
    guard let number = Int(value(key)), range.contains(number) else {
      throw error(key, ValueRule.number(in: range), example: "\(range.lowerBound)")
    }
    return number
  }

  /// Reads yes or no.
  func `switch`(_ key: String) throws(PolicyError) -> Bool {
    switch value(key) {
    case "yes": return true
    case "no": return false
    default: throw error(key, ValueRule.word(of: ["yes", "no"]), example: "yes")
    }
  }

  /// Reads one of the words of a type.
  func word<Word: RawRepresentable<String> & CaseIterable>(
    _ key: String,
    of type: Word.Type
  ) throws(PolicyError) -> Word {
    if let word = Word(rawValue: value(key)) { return word }
    let words = Word.allCases.map(\.rawValue)
    throw error(key, ValueRule.word(of: words), example: words.first ?? "")
  }

  /// Reads whole numbers with slashes between them, as many as is allowed.
  func list(
    _ key: String,
    of range: ClosedRange<Int>,
    counts: some Collection<Int>
  ) throws(PolicyError) -> [Int] {
    let words = value(key).split(separator: "/", omittingEmptySubsequences: false)
    let numbers = words.compactMap { Int($0) }.filter(range.contains)
    guard numbers.count == words.count else {
      throw error(
        key,
        "must be whole numbers from \(range.lowerBound) to \(range.upperBound), with slashes between",
        example: "2/4/8"
      )
    }
    guard counts.contains(numbers.count) else {
      let most = counts.max() ?? 1
      throw error(
        key,
        counts.count == most
          ? "can have at most \(most) numbers" : "must have one number or \(most)",
        example: (1...min(most, 3)).map(String.init).joined(separator: "/")
      )
    }
    return numbers
  }

  /// The value given, or the default.
  private func value(_ key: String) -> String {
    values[key]?.value ?? policy.keys.first { $0.name == key }?.standard ?? ""
  }

  private func error(_ key: String, _ rule: String, example: String) -> PolicyError {
    PolicyError(
      word: values[key]?.word ?? 0,
      .badValue(value(key), of: key, rule: rule, example: example)
    )
  }
}
