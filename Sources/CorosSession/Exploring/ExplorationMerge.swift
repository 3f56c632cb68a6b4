import CorosExplore

/// The shards of one exploration, added up.
package struct ExplorationMerge {
  /// What they have found together.
  package let exploration: Exploration
  /// How many shards there are.
  package let count: Int
  /// The numbers of those whose results are there.
  package let present: [Int]
  /// The numbers of those whose results are not there.
  package let missing: [Int]
  /// The words with which they were explored.
  package let words: [String]

  /// Adds up results; in which order, and whether some are given twice, makes no difference.
  ///
  /// - Parameter files: The results, each with a name for messages; at least one.
  /// - Throws: Why they are not of the same exploration.
  package init(_ files: [(name: String, file: ExplorationFile)]) throws(ExplorationMergeError) {
    let first = files[0]
    var shards: [Int: (name: String, file: ExplorationFile)] = [:]
    for (index, (name, file)) in files.enumerated() {
      if let difference = file.header.difference(from: first.file.header) {
        throw ExplorationMergeError(
          index,
          "'\(name)' does not belong to '\(first.name)': \(difference)"
        )
      }
      let number = file.header.shard.number
      if let other = shards[number], other.file != file {
        throw ExplorationMergeError(
          index,
          "'\(name)' and '\(other.name)' are both shard \(number), and differ"
        )
      }
      guard file.all != nil else {
        throw ExplorationMergeError(index, "'\(name)' has no results yet")
      }
      shards[number] = (name, file)
    }
    count = first.file.header.shard.count
    words = first.file.header.words
    present = shards.keys.sorted()
    missing = (1...count).filter { shards[$0] == nil }
    var sum: Exploration?
    for number in present {
      guard var exploration = shards[number]?.file.all else { continue }
      // That it is a shard makes it no part of the whole that is missing.
      exploration.isPart = shards[number]?.file.isOver == false
      if sum == nil { sum = exploration } else { sum?.add(exploration) }
    }
    guard var sum else { throw ExplorationMergeError(0, "there are no results") }
    if !missing.isEmpty { sum.isPart = true }
    if count > 1 { sum.states = nil }
    sum.conclude(isWhole: missing.isEmpty)
    exploration = sum
  }
}

/// Why results cannot be added up.
package struct ExplorationMergeError: Error, Equatable {
  /// The file that does not fit, from 0.
  package let index: Int
  package let message: String

  init(_ index: Int, _ message: String) {
    self.index = index
    self.message = message
  }
}
