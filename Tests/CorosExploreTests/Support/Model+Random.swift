import CorosKernel

// Small random programs, with what tasks can wait for.

extension Model {
  /// Some random programs on shared values, locks, semaphores, channels, conditions, events and barriers.
  ///
  /// - Parameters:
  ///   - seed: which.
  ///   - tasks: how many tasks there are, each of a program of its own or of one that another runs, too.
  ///   - statements: how many statements each program has.
  /// - Returns: the programs and tasks.
  static func random(_ seed: Int, tasks: Int, statements: Int) -> Model {
    var author = Author(random: RandomSource(seed: UInt64(7_000 + seed)))
    var text = """
      shared a = 0, b = 0, x[2]
      mutex m
      mutex k
      condition c on m
      semaphore s = 1
      channel line 1
      channel meet
      event go
      barrier door 2
      rwlock table
      program late { b = 1; var r = a; if r == 1 { b = 2 } }

      """
    var names: [String] = []
    for number in 0..<tasks {
      if number > 0, author.random.next(below: 3) == 0 {
        names.append(names[0])
        continue
      }
      let body = (0..<statements).map { author.statement(mayLoop: tasks < 4 && number + $0 == 0) }
        .joined(separator: "; ")
      text += "program p\(number) { var r = 0; \(body) }\n"
      names.append("p\(number)")
    }
    if author.random.next(below: 3) == 0 { text += "finally a < 2\n" }
    return Model("random \(seed)", names, text)
  }

  private struct Author {
    var random: RandomSource
    var variables = 0

    /// A statement, which may stand in a loop.
    mutating func statement(mayLoop: Bool) -> String {
      guard mayLoop, random.next(below: 2) == 0 else { return statement() }
      variables += 1
      let name = "i\(variables)"
      return random.next(below: 2) == 0
        ? "repeat 2 { \(statement()) }"
        : "var \(name) = 0; while \(name) < 2 { \(name) += 1; \(statement()) }"
    }

    mutating func statement() -> String {
      variables += 1
      let cell = ["a", "b", "x[0]", "x[r % 2]"][random.next(below: 4)]
      return switch random.next(below: 28) {
      case 0: "\(cell) = 1"
      case 1: "await a > 0"
      case 2: "when b > 0 { b = 0 }"
      case 3: "up s"
      case 4: "down s"
      case 5: "r = \(cell); assert r < 2"
      case 6:
        "var v\(variables) = trylock k; if v\(variables) { \(cell) = 2; unlock k }"
      case 7: "lock m; r = \(cell); \(cell) = r + 1; unlock m"
      case 8: "send line r"
      case 9: "receive line r"
      case 10: "lock m; if a == 0 { wait c }; unlock m"
      case 11: "lock m; a = 1; signal c; unlock m"
      case 12: "set go"
      case 13: "wait go"
      case 14: "arrive door"
      case 15: "atomic { if \(cell) == 0 { \(cell) = 1 } else { b = 1 } }"
      case 16: "lock k; lock m; unlock m; unlock k"
      case 17: "lock m; lock k; unlock k; unlock m"
      case 18: "critical { r = a }"
      case 19: "yield; r += 1"
      case 20: "send meet 1"
      case 21: "rlock table; r = a; \(cell) = r; unlock table"
      case 22: "wlock table; a = 2; unlock table"
      case 23: "var v\(variables) = b; while v\(variables) == 0 { v\(variables) = b }"
      case 24: "lock k"
      case 25: "lock m; while a == 0 { wait c }; unlock m"
      case 26: "spawn late"
      default: "receive meet r"
      }
    }
  }
}
