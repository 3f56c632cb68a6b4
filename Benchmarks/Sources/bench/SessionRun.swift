/// A step as a `run` at the prompt pays it: recorded, and observed by the timeline and the lints.
///
/// The program itself runs, since a session is no part of a library. Two scripts differ in the number of steps
/// alone, so the difference of their times is that of the steps.
struct SessionRun {
  static let name = "run/session"
  private static let tasks = 1_000
  /// So many steps make the list that `run` prints as long as it gets.
  private static let fewSteps = 100_000

  let coros: String

  /// The measure with a number of steps.
  func contestant(products: String, steps: Int) throws -> Campaign.Contestant {
    let few = try script(steps: Self.fewSteps, products: products)
    let many = try script(steps: Self.fewSteps + steps, products: products)
    return Campaign.Contestant(
      name: Self.name,
      tasks: Self.tasks,
      budget: Budget(nanoseconds: [Self.tasks: 60])
    ) {
      let rest = try ChildProcess.cpuTime(of: [coros, few])
      let all = try ChildProcess.cpuTime(of: [coros, many])
      return Sample(
        name: Self.name,
        tasks: Self.tasks,
        nanoseconds: (all - rest) / Double(steps),
        bytesPerTask: nil
      )
    }
  }

  private func script(steps: Int, products: String) throws -> String {
    let path = "\(products)/run-\(steps).script"
    let lines = repeatElement("spawn -m spin", count: Self.tasks) + ["run \(steps)"]
    try TextFile.write(lines, to: path)
    return path
  }
}
