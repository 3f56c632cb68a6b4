package import CorosInsight

// A tree as it is typed: a(b(c),d).

extension ForkTree {
  /// The tree as text, with children in the order of their names: which of two came first is not asked.
  package var notation: String {
    if children.isEmpty { return name }
    return "\(name)(\(children.map(\.notation).sorted().joined(separator: ",")))"
  }

  /// The most processes of a typed tree, and the deepest.
  private static let limit = 200

  /// Reads a tree; nil if the text is none.
  package init?(notation text: String) {
    guard text.utf8.count <= 4_000 else { return nil }
    var rest = text[...]
    guard let tree = Self.tree(&rest, depth: 0), rest.isEmpty else { return nil }
    let names = tree.names
    guard names.count <= Self.limit, Set(names).count == names.count else { return nil }
    self = tree
  }

  private static func tree(_ rest: inout Substring, depth: Int) -> ForkTree? {
    let name = rest.prefix { $0.isLetter || $0.isNumber }
    guard !name.isEmpty, depth < limit else { return nil }
    rest = rest.dropFirst(name.count)
    var tree = ForkTree(String(name))
    guard rest.first == "(" else { return tree }
    repeat {
      rest.removeFirst()
      guard let child = Self.tree(&rest, depth: depth + 1) else { return nil }
      tree.children.append(child)
    } while rest.first == ","
    guard rest.popFirst() == ")" else { return nil }
    return tree
  }
}
