package import CorosKernel
import CorosSync

extension Program {
  /// Two tasks that take two locks, each in its own order.
  package static var abba: Program {
    Program(
      "abba",
      "two tasks take two locks in opposite orders: a deadlock",
      parameters: [
        Parameter("ORDER", "'opposite', or 'same' for the cure", standard: "opposite")
      ],
      lesson: """
        The left task takes A and then B, the right one B and then A. If each has its first lock before \
        the other asks for it, neither can go on: 'locks' shows who holds what, and 'why' shows the circle. \
        With 'abba same' both take A first, and no schedule can end like that.
        """
    ) { arguments throws(ProgramArgumentError) in
      let isOpposite = try arguments.word(0, of: ["opposite", "same"]) == "opposite"
      return .body { os in
        let a = try await os.mutex("A")
        let b = try await os.mutex("B")
        _ = try await os.newTask("left", taker("left", a, b))
        _ = try await os.newTask("right", isOpposite ? taker("right", b, a) : taker("right", a, b))
      }
    }
  }
}

/// Takes two locks, one inside the other, with a step between.
private func taker(_ name: String, _ first: Mutex, _ second: Mutex) -> TaskBody {
  { os in
    try await os.withLock(first) {
      try await os.write("\(name) has its first lock")
      try await os.withLock(second) {
        try await os.write("\(name) has both")
      }
    }
  }
}
