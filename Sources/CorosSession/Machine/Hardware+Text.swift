package import CorosKernel

/// What is wrong with a setting of the machine.
package struct HardwareError: Error, Equatable {
  package let message: String
  package let hint: String
}

// What the machine is made of, as it is typed: `switch=2 device=shared`.

extension Hardware {
  /// The names of the settings.
  package static let keys = ["switch", "device"]
  private static let costs = 0...10_000

  /// The settings, each as `KEY=VALUE`.
  package var text: String { "switch=\(switchTicks) device=\(device.rawValue)" }

  /// Changes a setting.
  ///
  /// - Parameter word: The setting, as `KEY=VALUE`.
  /// - Throws: What is wrong with it.
  package mutating func set(_ word: String) throws(HardwareError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let value = parts.count == 2 ? String(parts[1]) : ""
    switch parts[0] {
    case "switch" where parts.count == 2:
      guard let ticks = Int(value), Self.costs.contains(ticks) else {
        throw HardwareError(
          message: "switch must be a whole number from 0 to \(Self.costs.upperBound)",
          hint: "for example switch=2: a context switch costs two ticks"
        )
      }
      switchTicks = ticks
    case "device" where parts.count == 2:
      guard let device = Device(rawValue: value) else {
        throw HardwareError(
          message: "device must be own or shared",
          hint: "for example device=shared: all I/O goes through one device"
        )
      }
      self.device = device
    default:
      throw HardwareError(
        message: "this is not a setting of the machine",
        hint: "settings: \(Self.keys.joined(separator: ", "))"
      )
    }
  }
}
