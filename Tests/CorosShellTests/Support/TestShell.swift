import CorosPrograms
import CorosSession

@testable import CorosCommands
@testable import CorosShell

/// A shell with the built-in programs, and its host.
struct TestShell {
  let shell: Shell
  let host = RecordingHost()

  init(_ settings: Settings = Settings(), commands: CommandTable = .all) {
    shell = Shell(commands: commands, catalogue: .builtIn, settings: settings, host: host)
    // The host counts how often it is asked, so that an interrupt comes at the same step every time.
    shell.session.movesBetweenPolls = 1
  }

  static func json() -> TestShell {
    var settings = Settings()
    settings.isJSON = true
    return TestShell(settings)
  }

  static func keepingGoing() -> TestShell {
    var settings = Settings()
    settings.keepsGoing = true
    return TestShell(settings)
  }

  /// Types lines at the prompt, and returns everything that is printed.
  @discardableResult
  func type(_ lines: String...) -> String {
    for line in lines {
      shell.execute(line)
      shell.flush()
    }
    return host.takeSeen()
  }

  /// Runs a text as `-c` does, and returns its status.
  func run(_ text: String) -> Int {
    let status = shell.runScript(text: text, name: "-c")
    shell.flush()
    return status
  }

  /// Types a line that turns on live mode, and lets a second pass.
  func runLive(_ line: String) {
    shell.execute(line)
    for second in 1...2 { _ = shell.liveSlice(nanoseconds: UInt64(second) * 1_000_000_000) }
    shell.flush()
  }
}
