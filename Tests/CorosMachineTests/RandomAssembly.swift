import CorosKernel

/// A random program: its text, and what it means to the model.
struct RandomAssembly {
  private(set) var text = ""
  private(set) var program: [(name: String, parts: [MachineModel.Part])] = []
  let registers: [[String: Int]]
  let interval: Int
  let pattern: [Int]?

  private var random: RandomSource
  private let labels: [String: Int]
  private let variables = [("x", 100), ("y", 104), ("z", 116)]

  private static let names = ["ax", "bx", "cx", "dx", "ex", "fx", "bp"]
  private static let instructions = [
    "mov", "mov", "mov", "mov", "lea", "add", "add", "sub", "mul", "neg", "test", "test", "test",
    "j", "je", "jne", "jlt", "jlte", "jgt", "jgte", "xchg", "fetchadd", "call", "ret", "push",
    "pop", "pop", "yield", "nop", "halt",
  ]

  /// The settings with which the text is loaded.
  var settings: [String] {
    ["threads=\(registers.count)"]
      + Set(registers.flatMap(\.keys)).sorted().map { name in
        "\(name)=" + registers.map { String($0[name, default: 0]) }.joined(separator: "/")
      }
  }

  init(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let threads = 1 + random.next(below: 4)
    let length = 4 + random.next(below: 20)
    let chosen = Self.names.filter { _ in random.next(below: 3) == 0 }
    registers = (0..<threads).map { _ in
      Dictionary(uniqueKeysWithValues: chosen.map { ($0, random.next(below: 12) - 3) })
    }
    interval = [1, 2, 3, 4, 5, 7, 50][random.next(below: 7)]
    pattern =
      random.next(below: 3) > 0
      ? nil
      : Array(0..<threads)
        + (0..<random.next(below: 4)).map { _ in random.next(below: threads) }
    labels = Dictionary(
      uniqueKeysWithValues: (0...random.next(below: 3)).map {
        (".l\($0)", random.next(below: length))
      }
    )
    self.random = random
    text = ".var x\n.var y 3\n.var z\n"
    for line in 0..<length { addLine(line, isLast: line == length - 1) }
  }

  private mutating func addLine(_ line: Int, isLast: Bool) {
    for label in labels.keys.sorted() where labels[label] == line { text += "\(label)\n" }
    var name = Self.instructions[random.next(below: Self.instructions.count)]
    if isLast { name = "halt" }
    let operands = operands(of: name)
    text += name
    if !operands.isEmpty { text += " " + operands.map(\.text).joined(separator: ", ") }
    text += random.next(below: 3) == 0 ? " # a note\n" : "\n"
    program.append((name, operands.map(\.part)))
  }

  private typealias Operand = (text: String, part: MachineModel.Part)

  private mutating func operands(of name: String) -> [Operand] {
    switch name {
    case "mov":
      switch random.next(below: 5) {
      case 0: [constant(), register()]
      case 1: [memory(), register()]
      case 2: [register(), register()]
      case 3: [register(), memory()]
      default: [constant(), memory()]
      }
    case "lea": [memory(), register()]
    case "add", "sub", "mul":
      [random.next(below: 2) == 0 ? constant() : register(), register()]
    case "neg": [register()]
    case "test":
      switch random.next(below: 3) {
      case 0: [constant(), register()]
      case 1: [register(), register()]
      default: [register(), constant()]
      }
    case "xchg", "fetchadd": [register(), memory()]
    case "push": [random.next(below: 2) == 0 ? register() : memory()]
    case "pop": random.next(below: 3) == 0 ? [] : [register()]
    case "j", "je", "jne", "jlt", "jlte", "jgt", "jgte", "call": [label()]
    default: []
    }
  }

  private mutating func register() -> Operand {
    let name = Self.names[random.next(below: Self.names.count)]
    return ("%\(name)", .register(name))
  }

  private mutating func constant() -> Operand {
    let number = [0, 1, 2, -1, 4, 7, 100, 104, 300, -5][random.next(below: 10)]
    return ("$\(number)", .constant(number))
  }

  private mutating func label() -> Operand {
    let names = labels.keys.sorted()
    let name = names[random.next(below: names.count)]
    return (name, .target(labels[name] ?? 0))
  }

  private mutating func memory() -> Operand {
    if random.next(below: 5) < 2 {
      let (name, cell) = variables[random.next(below: variables.count)]
      return (name, .memory(number: cell, base: nil, index: nil, scale: 1))
    }
    let number = [0, 100, 104, 108, 2_000, -4][random.next(below: 6)]
    let bases = Self.names + ["sp"]
    let base = bases[random.next(below: bases.count)]
    let index = Self.names[random.next(below: Self.names.count)]
    let scale = [1, 2, 4][random.next(below: 3)]
    let digits = number == 0 && random.next(below: 2) == 0 ? "" : String(number)
    switch random.next(below: 4) {
    case 0:
      return (
        digits + "(%\(base))",
        .memory(number: number, base: base, index: nil, scale: 1)
      )
    case 1:
      return (
        digits + "(%\(base),%\(index))",
        .memory(number: number, base: base, index: index, scale: 1)
      )
    case 2:
      return (
        digits + "(,%\(index),\(scale))",
        .memory(number: number, base: nil, index: index, scale: scale)
      )
    default:
      return (
        digits + "(%\(base), %\(index), \(scale))",
        .memory(number: number, base: base, index: index, scale: scale)
      )
    }
  }
}
