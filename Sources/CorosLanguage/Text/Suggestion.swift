/// The names that a person most likely meant by one that does not exist.
package enum Suggestion {
  /// Names near to the one typed, nearest first, names equally near in the order of their characters.
  ///
  /// Near is: the same but for case; the typed name begins it; it begins the typed name, and has three
  /// characters or more; or few enough slips of the finger apart, where leaving out, adding, replacing a
  /// character and swapping two neighbours are a slip each, one for every three characters typed, three at
  /// the most.
  ///
  /// - Complexity: Linear in the number of names; long names and long input are passed over unread.
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

  /// The suggestion as a question, such as ``did you mean `spawn`?``, or nil when nothing is near.
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

  /// A name beyond this many bytes is neither suggested nor compared.
  private static let longestName = 64

  /// How far apart two names are, or nil when further than allowed.
  private static func distance(
    _ typed: [Unicode.Scalar],
    _ name: [Unicode.Scalar],
    atMost allowed: Int
  ) -> Int? {
    // One character typed is one slip from every other: only what it begins is likely.
    if typed.count > 1, abs(typed.count - name.count) <= allowed {
      let distance = editDistance(typed, name)
      if distance <= allowed, distance < typed.count { return distance }
    }
    if name.count >= 3, typed.starts(with: name) { return allowed }
    return name.starts(with: typed) ? allowed : nil
  }

  /// Damerau's and Levenshtein's distance in which no part is edited twice (optimal string alignment).
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
