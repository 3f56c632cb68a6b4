import CorosKernel

/// The settings of the stepper that last from one use to the next.
struct StepperHabits {
  var speed = StepperSpeed.standard
  var selected: TaskID?
  var followed: TaskID?
  /// Whether tasks that have ended are listed.
  var showsEnded = false
  var ticksPerColumn = 1
}
