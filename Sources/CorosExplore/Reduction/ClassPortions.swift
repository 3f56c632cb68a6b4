/// What the portions of one exploration by classes have in common, so that it is found once: how all of them begin.
///
/// To be used for portions of one exploration of one machine only.
package final class ClassPortions {
  /// Knows by which numbers the beginnings tell what steps touch.
  let listener = FootprintObserver()
  private var known: (parts: Int, beginnings: ClassBeginnings, postponing: Postponing)?

  /// Knows nothing yet.
  package init() {}

  /// Where the same number of parts was asked for before, a part, and which calls it puts off.
  func part(_ shard: Shard) -> (beginnings: [ClassBeginning], postponing: Postponing)? {
    known.flatMap { $0.parts == shard.count ? ($0.beginnings.part(shard), $0.postponing) : nil }
  }

  func note(_ beginnings: ClassBeginnings, _ postponing: Postponing, parts: Int) {
    known = (parts, beginnings, postponing)
  }
}
