/// A step as a `run` at the prompt pays it: recorded, and observed by the timeline and the lints.
///
/// The program itself runs, since a session is no part of a library. Two scripts differ in the number of steps
/// alone, so the difference of their times is that of the steps.
struct SessionRun {
  /// What the tasks are: a name, the lines that make them, and the budget of a step in nanoseconds.
  struct Kind {
    let name: String
    let lines: [String]
    let budget: Double
  }

  static let kinds = [
    Kind(
      name: "run/session",
      lines: Array(repeating: "spawn -m spin", count: tasks),
      budget: 60
    ),
    // Each step writes a shared cell: it may cost so much more than a step of the kernel's own.
    Kind(
      name: "run/interpreted",
      lines: ["shared n = 0", "program w { loop { n = 1 } }", "spawn w x\(tasks)"],
      budget: 120
    ),
  ]

  private static let tasks = 1_000
  /// So many steps make the list that `run` prints as long as it gets.
  private static let fewSteps = 100_000

  let coros: String
  let kind: Kind

  /// The measure with a number of steps.
  func contestant(products: String, steps: Int) throws -> Campaign.Contestant {
    let few = try script(steps: Self.fewSteps, products: products)
    let many = try script(steps: Self.fewSteps + steps, products: products)
    return Campaign.Contestant(
      name: kind.name,
      tasks: Self.tasks,
      budget: Budget(nanoseconds: [Self.tasks: kind.budget])
    ) {
      let rest = try ChildProcess.cpuTime(of: [coros, few])
      let all = try ChildProcess.cpuTime(of: [coros, many])
      return Sample(
        name: kind.name,
        tasks: Self.tasks,
        nanoseconds: (all - rest) / Double(steps),
        bytesPerTask: nil
      )
    }
  }

  private func script(steps: Int, products: String) throws -> String {
    let path = "\(products)/\(kind.name.replacing("/", with: "-"))-\(steps).script"
    try TextFile.write(kind.lines + ["run \(steps)"], to: path)
    return path
  }
}
