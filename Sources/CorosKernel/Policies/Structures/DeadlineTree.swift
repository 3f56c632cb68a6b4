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

  /// The slot of the earliest deadline among those whose start is not after a time.
  func first(startedBy time: Int128) -> Slot? {
    var slot = root
    while slot != .none {
      let node = nodes[slot]
      if node.left != .none, nodes[node.left].earliestStart <= time {
        slot = node.left
      } else if node.start <= time {
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
    insert(slot, start: start, Key(deadline: deadline, arrival: arrivals))
  }

  /// Gives a slot that is in the tree other times; among equal deadlines it comes where it came before.
  mutating func update(_ slot: Slot, start: Int128, deadline: Int128) {
    let arrival = nodes[slot].key.arrival
    remove(slot)
    insert(slot, start: start, Key(deadline: deadline, arrival: arrival))
  }

  private mutating func insert(_ slot: Slot, start: Int128, _ key: Key) {
    nodes[slot] = Node(key: key, start: start, earliestStart: start)
    root = nodes.withValues { Self.inserting(slot, into: root, $0) }
  }

  /// Takes out a slot that is in the tree.
  mutating func remove(_ slot: Slot) {
    root = nodes.withValues { Self.removing(slot, from: root, $0) }
  }

  // MARK: Trees, by their roots

  private typealias Nodes = UnsafeMutableBufferPointer<Node>

  private static func inserting(_ slot: Slot, into tree: Slot, _ nodes: Nodes) -> Slot {
    if tree == .none { return slot }
    if priority(slot) > priority(tree) {
      let (left, right) = split(tree, at: nodes[slot].key, nodes)
      join(slot, left, right, nodes)
      return slot
    }
    let (left, right) = (nodes[tree].left, nodes[tree].right)
    if nodes[slot].key < nodes[tree].key {
      join(tree, inserting(slot, into: left, nodes), right, nodes)
    } else {
      join(tree, left, inserting(slot, into: right, nodes), nodes)
    }
    return tree
  }

  private static func removing(_ slot: Slot, from tree: Slot, _ nodes: Nodes) -> Slot {
    let (left, right) = (nodes[tree].left, nodes[tree].right)
    if tree == slot { return merge(left, right, nodes) }
    if nodes[slot].key < nodes[tree].key {
      join(tree, removing(slot, from: left, nodes), right, nodes)
    } else {
      join(tree, left, removing(slot, from: right, nodes), nodes)
    }
    return tree
  }

  /// Parts a tree into what comes before a key and what comes after.
  private static func split(_ tree: Slot, at key: Key, _ nodes: Nodes) -> (Slot, Slot) {
    if tree == .none { return (.none, .none) }
    if nodes[tree].key < key {
      let (left, right) = split(nodes[tree].right, at: key, nodes)
      join(tree, nodes[tree].left, left, nodes)
      return (tree, right)
    }
    let (left, right) = split(nodes[tree].left, at: key, nodes)
    join(tree, right, nodes[tree].right, nodes)
    return (left, tree)
  }

  /// Makes one tree of two, of which the first comes before the second.
  private static func merge(_ left: Slot, _ right: Slot, _ nodes: Nodes) -> Slot {
    if left == .none { return right }
    if right == .none { return left }
    if priority(left) > priority(right) {
      join(left, nodes[left].left, merge(nodes[left].right, right, nodes), nodes)
      return left
    }
    join(right, merge(left, nodes[right].left, nodes), nodes[right].right, nodes)
    return right
  }

  /// Gives a node its subtrees.
  private static func join(_ slot: Slot, _ left: Slot, _ right: Slot, _ nodes: Nodes) {
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

extension UnsafeMutableBufferPointer {
  /// What belongs to a slot that has room.
  @inline(__always)
  fileprivate subscript(slot: Slot) -> Element {
    get { self[Int(slot.index)] }
    nonmutating _modify { yield &self[Int(slot.index)] }
  }
}
