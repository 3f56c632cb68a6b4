import CorosLanguage

/// Variables with fixed values.
struct Variables: VariableLookup {
  var named: [String: String] = [:]
  var lastSpawned: String?
  var status: String?
  var arguments: [String] = []

  func value(of variable: Variable) -> String? {
    switch variable {
    case .named(let name): named[name]
    case .lastSpawned: lastSpawned
    case .status: status
    case .argument, .argumentCount, .allArguments: nil
    }
  }

  var names: [String] { named.keys.sorted() }
}

/// A line as arrays of its connectors and expanded words: `["always", "echo", "a"]`.
func parsed(_ line: String, _ variables: Variables = Variables()) throws -> [[String]] {
  try CommandList(parsing: line).entries.map {
    try $0.command.expanded(with: variables).map(\.text)
  }
}

/// The arguments of the first command of a line.
func arguments(
  of line: String,
  _ variables: Variables = Variables()
) throws(SyntaxError) -> [Argument] {
  guard let first = try CommandList(parsing: line).entries.first else { return [] }
  return try first.command.expanded(with: variables)
}

/// What the user sees after typing an invalid line; empty if it is valid.
func refusal(of line: String, _ variables: Variables = Variables(), width: Int = 80) -> String {
  do throws(SyntaxError) {
    for entry in try CommandList(parsing: line).entries {
      _ = try entry.command.expanded(with: variables)
    }
    return ""
  } catch {
    return error.rendered(in: line, width: width)
  }
}
