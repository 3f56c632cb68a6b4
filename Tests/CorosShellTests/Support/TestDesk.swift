@testable import CorosShell

/// Those at other terminals, as a test wants them.
final class TestDesk: AttachDesk {
  let name = "lab"
  var socket: String? = "/run/coros/lab.sock"
  let refusal: String? = nil
  var hasOwner = true
  var driver: Int?
  var asking: Int?
  private let atWork: () -> Bool

  /// Makes a desk.
  ///
  /// - Parameters:
  ///   - driver: The process that drives; nil for the terminal of the machine itself.
  ///   - atWork: Called now and then while a command runs; true interrupts it.
  init(driver: Int? = nil, atWork: @escaping () -> Bool = { false }) {
    self.driver = driver
    self.atWork = atWork
  }

  var attached: [(pid: Int, role: String)] {
    [driver.map { ($0, "drives") }, asking.map { ($0, "asks to drive") }].compactMap { $0 }
  }

  func decide(allows: Bool) -> Int? {
    defer { asking = nil }
    if allows, let asking { driver = asking }
    return asking
  }

  func takeBack() { driver = nil }
  func turnOff() { socket = nil }
  func serve(isRunning: Bool) -> Bool { isRunning && atWork() }
}
