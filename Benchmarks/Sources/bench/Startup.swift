/// The whole program beside other shells: from start to exit, and a long script.
struct Startup {
  /// The number of lines in the script.
  private static let lines = 1_000_000
  /// The number of starts per round.
  private static let starts = 20

  /// The maximum ratio of our time to that of the other shell.
  static let budgets: [String: Double] = ["startup/bash": 2.5, "script/bash": 1]

  let coros: String

  /// The contestants; shells that are not installed are left out.
  func contestants(products: String) throws -> [Campaign.Contestant] {
    let script = "\(products)/echo.script"
    try TextFile.write((1...Self.lines).lazy.map { "echo line \($0)" }, to: script)
    let shells = [coros, "bash", "dash"].filter(ChildProcess.isInstalled)
    func name(_ kind: String, _ shell: String) -> String {
      "\(kind)/\(shell == coros ? "coros" : shell)"
    }
    return shells.map { shell in
      let name = name("startup", shell)
      return Campaign.Contestant(name: name, tasks: 1) {
        let total = try (0..<Self.starts).reduce(into: 0.0) { total, _ in
          total += try ChildProcess.duration(of: [shell, "-c", "exit"])
        }
        return Sample(
          name: name,
          tasks: 1,
          nanoseconds: total / Double(Self.starts),
          bytesPerTask: nil
        )
      }
    }
      + shells.map { shell in
        let name = name("script", shell)
        return Campaign.Contestant(name: name, tasks: 1) {
          let duration = try ChildProcess.duration(of: [shell, script])
          return Sample(name: name, tasks: 1, nanoseconds: duration, bytesPerTask: nil)
        }
      }
  }
}
