package import CorosKernel
import CorosLanguage

extension PolicyError {
  /// The error, as a clause.
  package var message: String { message { excerpt(of: $0) } }

  /// The way out: similar names, if there are any.
  package var hint: String {
    switch mistake {
    case .unknownPolicy(let name):
      Suggestion.question(for: name, among: allowed)
        ?? "\(remedy); `help policy` tells about them"
    case .unknownSetting(let word, _, _):
      Suggestion.question(
        for: String(word.prefix { $0 != "=" }),
        among: allowed.map { $0 + "=" }
      ) ?? remedy
    case .repeated, .badValue: remedy
    }
  }
}
