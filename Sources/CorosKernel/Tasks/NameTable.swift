/// The names of tasks, each stored once, however many tasks have it.
struct NameTable {
  /// Stands for a name as long as a task has it.
  typealias Number = Int32

  private var names: ContiguousArray<(name: String, uses: Int)> = []
  private var numbers: [String: Number] = [:]
  private var free: [Number] = []
  /// The name used last, which is most often the one used next.
  private var latest: Number = -1

  /// The name that a number stands for.
  subscript(number: Number) -> String { names[Int(number)].name }

  /// Finds or makes the number of a name, and counts one more use of it.
  mutating func use(_ name: String) -> Number {
    if latest >= 0, names[Int(latest)].name == name {
      names[Int(latest)].uses += 1
      return latest
    }
    if let number = numbers[name] {
      names[Int(number)].uses += 1
      latest = number
      return number
    }
    let number: Number
    if let old = free.popLast() {
      number = old
      names[Int(number)] = (name, 1)
    } else {
      number = Number(names.count)
      names.append((name, 1))
    }
    numbers[name] = number
    latest = number
    return number
  }

  /// Becomes the same as another.
  mutating func become(_ other: NameTable) {
    renew(&names, from: other.names)
    renew(&numbers, from: other.numbers)
    renew(&free, from: other.free)
    latest = other.latest
  }

  /// Counts one use less; an unused name is forgotten.
  mutating func release(_ number: Number) {
    names[Int(number)].uses -= 1
    guard names[Int(number)].uses == 0 else { return }
    numbers[names[Int(number)].name] = nil
    names[Int(number)].name = ""
    if latest == number { latest = -1 }
    free.append(number)
  }
}
