/// Suggests existing names for a misspelled one.
package enum Suggestion {
  /// Names similar to the one typed, nearest first; equally near names in alphabetical order.
  ///
  /// A name is similar if it differs only in case, if it begins with the typed name, if the typed name begins
  /// with it and it has at least three characters, or if it is few edits away. An edit inserts, removes or
  /// replaces a character, or swaps two neighbours. One edit is allowed for every three characters typed: at
  /// least one, at most three.
  ///
  /// - Complexity: Linear in the number of names. Names and input of more than 64 bytes are skipped.
  package static func nearest(
    to typed: String,
    among names: some Sequence<String>,
    limit: Int = 3
  ) -> [String] {
    guard (1...longestName).contains(typed.utf8.count) else { return [] }
    let wanted = Array(typed.lowercased().unicodeScalars)
    let allowed = min(max(wanted.count / 3, 1), 3)
    var found: [(distance: Int, name: String)] = []
    for name in names where name != typed && (1...longestName).contains(name.utf8.count) {
      let candidate = Array(name.lowercased().unicodeScalars)
      if let distance = distance(wanted, candidate, atMost: allowed) {
        found.append((distance, name))
      }
    }
    found.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
    var result: [String] = []
    for (_, name) in found where result.count < limit && result.last != name {
      result.append(name)
    }
    return result
  }

  /// The suggestion as a question, such as ``did you mean `spawn`?``, or nil if no name is similar.
  package static func question(
    for typed: String,
    among names: some Sequence<String>
  ) -> String? {
    let names = nearest(to: typed, among: names).map { "`\($0)`" }
    guard let last = names.last else { return nil }
    let choices =
      names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " or " + last
    return "did you mean \(choices)?"
  }

  /// Names of more than this many bytes are neither suggested nor compared.
  private static let longestName = 64

  /// The distance between two names, or nil if it exceeds `allowed`.
  private static func distance(
    _ typed: [Unicode.Scalar],
    _ name: [Unicode.Scalar],
    atMost allowed: Int
  ) -> Int? {
    // Any two single characters are one edit apart: suggest only names that begin with the typed one.
    if typed.count > 1, abs(typed.count - name.count) <= allowed {
      let distance = editDistance(typed, name)
      if distance <= allowed, distance < typed.count { return distance }
    }
    if name.count >= 3, typed.starts(with: name) { return allowed }
    return name.starts(with: typed) ? allowed : nil
  }

  /// The Damerau-Levenshtein distance in which no substring is edited twice (optimal string alignment).
  private static func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      row.reserveCapacity(b.count + 1)
      for j in b.indices {
        var best = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
