/// A stepper that makes the machine run by itself.
package struct StepperRun {
  /// Which stepper.
  let stepper: ObjectIdentifier
  let speed: StepperSpeed
  /// When it last made the machine run, in nanoseconds of the host's clock.
  let time: UInt64

  /// How long a stepper can be silent and still run the machine, in nanoseconds: several times the longest time
  /// between two ticks.
  private static let patience: UInt64 = 3_000_000_000

  /// Whether the stepper has stopped asking for ticks, as one does whose process is stopped.
  func isAbandoned(at now: UInt64) -> Bool { now > time && now - time > Self.patience }
}
