import CorosKernel

/// What is kept of the stepper from one time to the next.
struct StepperHabits {
  var speed = StepperSpeed.standard
  var selected: TaskID?
  var followed: TaskID?
}
