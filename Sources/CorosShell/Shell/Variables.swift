import CorosKernel
package import CorosLanguage

/// The values of `$` in a session.
package struct Variables: VariableLookup {
  /// Set by `set`.
  package private(set) var named: [String: String] = [:]
  /// The most bytes that the names and values may have together.
  package static let mostBytes = 64 << 20
  private var bytes = 0
  /// The arguments of the script that is running: `$1`, `$2`, ...
  package var arguments: [String] = []
  /// The last task spawned: `$!`; read from the session before a command's words are expanded.
  var lastSpawned: TaskID?
  /// The status of the last command: `$?`.
  package var status = 0

  package var names: [String] { named.keys.sorted() }

  /// Gives a name a value; false, and nothing has changed, where all together would be too long.
  package mutating func set(_ name: String, to value: String) -> Bool {
    func size(_ value: String?) -> Int { value.map { name.utf8.count + $0.utf8.count } ?? 0 }
    let total = bytes + size(value) - size(named[name])
    guard total <= Self.mostBytes else { return false }
    bytes = total
    named[name] = value
    return true
  }

  /// Takes a name its value.
  package mutating func remove(_ name: String) {
    if let value = named.removeValue(forKey: name) { bytes -= name.utf8.count + value.utf8.count }
  }

  /// Whether a text can be the name of a variable.
  package static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return text.utf8.allSatisfy {
      switch $0 {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
      default: false
      }
    }
  }

  package func value(of variable: Variable) -> String? {
    switch variable {
    case .named(let name): named[name]
    case .lastSpawned: lastSpawned.map(\.description)
    case .status: String(status)
    case .argument, .argumentCount, .allArguments: nil
    }
  }
}
