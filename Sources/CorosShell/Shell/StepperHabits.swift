package import CorosKernel

/// The settings of the stepper that last from one use to the next.
package struct StepperHabits {
  package var speed = StepperSpeed.standard
  var selected: TaskID?
  package var followed: TaskID?
  /// Whether tasks that have ended are listed.
  var showsEnded = false
  package var ticksPerColumn = 1
}
