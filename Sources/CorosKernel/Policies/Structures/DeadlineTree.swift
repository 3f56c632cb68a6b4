/// Slots by deadline, of which the first whose time has come can be found.
///
/// A search tree by deadline in which each node also knows the earliest time in its subtree, as Linux keeps
/// one for EEVDF. It is a treap (Seidel and Aragon, "Randomized Search Trees", 1996) whose priorities are
/// mixed from the slots' numbers, so that its shape depends on what it holds and on nothing else. Every
/// operation is O(log n), on average over slots.
struct DeadlineTree {
  private struct Node {
    var left = Slot.none
    var right = Slot.none
    var key = Key(deadline: 0, arrival: 0)
    /// The time from which on it may be chosen.
    var start: Int128 = 0
    /// The earliest such time in the subtree.
    var earliestStart: Int128 = 0
  }

  private struct Key: Comparable {
    var deadline: Int128
    var arrival: Int

    static func < (left: Key, right: Key) -> Bool {
      left.deadline != right.deadline
        ? left.deadline < right.deadline : left.arrival < right.arrival
    }
  }

  private var nodes = SlotTable(standard: Node())
  private var root = Slot.none
  private var arrivals = 0

  /// The slots by deadline, in O(n).
  var slots: [Slot] {
    var result: [Slot] = []
    var path: [Slot] = []
    var slot = root
    while slot != .none || !path.isEmpty {
      while slot != .none {
        path.append(slot)
        slot = nodes[slot].left
      }
      slot = path.removeLast()
      result.append(slot)
      slot = nodes[slot].right
    }
    return result
  }

  /// The slot of the earliest deadline among those whose start has come, by a test that holds for every
  /// time before one for which it holds.
  func first(where hasCome: (Int128) -> Bool) -> Slot? {
    var slot = root
    while slot != .none {
      let node = nodes[slot]
      if node.left != .none, hasCome(nodes[node.left].earliestStart) {
        slot = node.left
      } else if hasCome(node.start) {
        return slot
      } else {
        slot = node.right
      }
    }
    return nil
  }

  /// Puts in a slot that is not in the tree; among equal deadlines it comes last.
  mutating func insert(_ slot: Slot, start: Int128, deadline: Int128) {
    arrivals += 1
    let key = Key(deadline: deadline, arrival: arrivals)
    nodes[slot] = Node(key: key, start: start, earliestStart: start)
    root = inserting(slot, into: root)
  }

  /// Takes out a slot that is in the tree.
  mutating func remove(_ slot: Slot) {
    root = removing(slot, from: root)
  }

  private mutating func inserting(_ slot: Slot, into tree: Slot) -> Slot {
    if tree == .none { return slot }
    if Self.priority(slot) > Self.priority(tree) {
      let (left, right) = split(tree, at: nodes[slot].key)
      join(slot, left, right)
      return slot
    }
    let node = nodes[tree]
    if nodes[slot].key < node.key {
      join(tree, inserting(slot, into: node.left), node.right)
    } else {
      join(tree, node.left, inserting(slot, into: node.right))
    }
    return tree
  }

  private mutating func removing(_ slot: Slot, from tree: Slot) -> Slot {
    let node = nodes[tree]
    if tree == slot { return merge(node.left, node.right) }
    if nodes[slot].key < node.key {
      join(tree, removing(slot, from: node.left), node.right)
    } else {
      join(tree, node.left, removing(slot, from: node.right))
    }
    return tree
  }

  /// Parts a tree into what comes before a key and what comes after.
  private mutating func split(_ tree: Slot, at key: Key) -> (Slot, Slot) {
    if tree == .none { return (.none, .none) }
    let node = nodes[tree]
    if node.key < key {
      let (left, right) = split(node.right, at: key)
      join(tree, node.left, left)
      return (tree, right)
    }
    let (left, right) = split(node.left, at: key)
    join(tree, right, node.right)
    return (left, tree)
  }

  /// Makes one tree of two, of which the first comes before the second.
  private mutating func merge(_ left: Slot, _ right: Slot) -> Slot {
    if left == .none { return right }
    if right == .none { return left }
    if Self.priority(left) > Self.priority(right) {
      join(left, nodes[left].left, merge(nodes[left].right, right))
      return left
    }
    join(right, merge(left, nodes[right].left), nodes[right].right)
    return right
  }

  /// Gives a node its subtrees.
  private mutating func join(_ slot: Slot, _ left: Slot, _ right: Slot) {
    var earliest = nodes[slot].start
    if left != .none { earliest = min(earliest, nodes[left].earliestStart) }
    if right != .none { earliest = min(earliest, nodes[right].earliestStart) }
    nodes[slot].left = left
    nodes[slot].right = right
    nodes[slot].earliestStart = earliest
  }

  /// A number that tells nothing of the slot's, and that no other slot has.
  private static func priority(_ slot: Slot) -> UInt64 {
    var source = RandomSource(seed: UInt64(UInt32(bitPattern: slot.index)))
    return source.next()
  }
}
