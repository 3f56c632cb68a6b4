import CorosKernel
import CorosLanguage

/// The calls that reach outside, in words; their module is not known here, so they go by their names.
enum WorldWords {
  /// A call and its outcome, as a sentence without its subject, the task; nil for a call of another kind.
  static func sentence(_ call: CallSummary, _ outcome: Event.Action?) -> String? {
    guard let verb = verb(call) else { return nil }
    switch outcome {
    case .blocked(let reason, let deadline)?:
      return "\(verb), and waits for \(EventWords.waiting(for: reason, until: deadline))"
    case .refused(let why)?: return "\(verb), which fails: \(why)"
    case .replied(.value(let answer))?:
      switch call.name {
      case "Receive": return answer == "0 bytes" ? "\(verb): the end" : "\(verb) \(answer)"
      case "Send": return "\(verb): \(answer) have gone"
      default: return "\(verb): that is \(answer)"
      }
    default: return verb
    }
  }

  private static let names: Swift.Set<String> = [
    "Listen", "Connect", "Open", "Accept", "FinishConnect", "Receive", "Send", "SendAll",
    "Shutdown", "Close", "Give", "ReadWait", "WriteWait",
  ]

  private static func verb(_ call: CallSummary) -> String? {
    let name = call.name
    // Most calls are others.
    guard names.contains(name) else { return nil }
    let words = call.arguments.split(separator: ",", maxSplits: 1).map { String($0) }
    let handle = words.first ?? ""
    // Calls on objects have the same names, and other arguments.
    let isHandle = handle.first == "h" && Int(handle.dropFirst()) != nil
    switch name {
    case "Listen": return "listens at \(call.arguments)"
    case "Connect": return "begins to connect to \(call.arguments)"
    case "Open": return "opens \(call.arguments)"
    case "Accept" where isHandle: return "takes a connection from \(handle)"
    case "FinishConnect" where isHandle: return "is connected by \(handle)"
    case "Receive" where isHandle: return "receives from \(handle)"
    case "Send" where isHandle: return "sends by \(handle) some of\(words.last ?? "")"
    case "SendAll" where isHandle: return "sends\(words.last ?? "") by \(handle)"
    case "Shutdown" where isHandle: return "ends what it sends by \(handle)"
    case "Close" where isHandle: return "closes \(handle)"
    case "Give" where handle.first == "h": return "gives \(call.arguments)"
    case "ReadWait" where isHandle: return "waits until it may read from \(handle)"
    case "WriteWait" where isHandle: return "waits until it may write to \(handle)"
    default: return nil
    }
  }
}
