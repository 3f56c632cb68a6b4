import CorosKernel
import CorosLanguage

/// The values of `$` in a session.
struct Variables: VariableLookup {
  /// The variables of `set`.
  var named: [String: String] = [:]
  /// The arguments of the running script: `$1`, `$2`, ...
  var arguments: [String] = []
  /// The last task spawned: `$!`; read from the session before a command's words are expanded.
  var lastSpawned: TaskID?
  /// The status of the last command: `$?`.
  var status = 0

  var names: [String] { named.keys.sorted() }

  func value(of variable: Variable) -> String? {
    switch variable {
    case .named(let name): named[name]
    case .lastSpawned: lastSpawned.map(\.description)
    case .status: String(status)
    case .argument, .argumentCount, .allArguments: nil
    }
  }
}
