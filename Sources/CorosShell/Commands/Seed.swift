import CorosKernel

/// Shows or sets where the random numbers begin.
enum Seed: ShellCommand {
  static let manual = Manual(
    name: "seed",
    summary: "show or set where the random numbers begin",
    usage: "seed [N]",
    group: .machine,
    details: """
      Tasks that ask the kernel for random numbers get the same ones from the same seed, on every \
      machine. To set the seed begins the sequence anew.
      """,
    example: "seed 42",
    seeAlso: ["reset", "policy"],
    completion: [.nothing]
  )

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    try invocation.require(0...1, manual)
    if !invocation.arguments.isEmpty {
      shell.scheduler.reseed(UInt64(try invocation.integer(0, "the seed", in: 0...Int.max)))
    }
    let seed = shell.scheduler.seed
    shell.report(["command": "seed", "seed": .int(Int(clamping: seed))]) { "seed \(seed)" }
  }
}
