/// One instruction of a compiled program.
///
/// Operands are registers: a number from 0 up is a place in the frame of the task, and one below is a constant.
struct Instruction {
  let operation: Operation
  var a: Int32 = 0
  var b: Int32 = 0
  var c: Int32 = 0

  /// No register.
  static let none = Int32.min

  enum Operation: UInt8 {
    // Local work: a is where the result goes.
    case move
    case add, subtract, multiply, divide, remainder, negate
    case equal, unequal, less, lessOrEqual, not
    /// Goes on at a.
    case jump
    /// Goes on at b when a is false.
    case jumpIfFalse
    /// Goes on at b when a is true.
    case jumpIfTrue
    /// A round of a loop begins; a keeps whether there was a visible act before it.
    case beginRound
    /// A loop ends.
    case endLoop
    /// Fails when a is false; b is the number of the assertion.
    case check
    /// The critical section a ends here.
    case leave
    /// Ends the atomic part.
    case endAtomic
    /// Of `when` and `await`: when a is false, the task waits.
    case test
    /// Sees to how the wait on a condition ended that the call a began.
    case finishWait
    /// Fails, since the time is over.
    case timeOut
    /// The program ends.
    case end

    // What only the kernel knows, though it takes no step: a is where it goes.
    case askTask, askTick
    /// A random number from b to c.
    case choose

    // Visible acts: each ends a step.
    /// Reads an element of the symbol b, at c, into a.
    case read
    /// Writes a to an element of the symbol b, at c.
    case write
    /// A round of a loop ends: with a step, when it had none.
    case nextRound
    /// Does all up to `endAtomic` in one step.
    case atomic
    /// The same, once `test` holds; b is the number of what it waits for.
    case await
    /// The same, for an assertion; b is its number.
    case assert
    /// Enters the critical section a.
    case enter
    /// Makes the call a.
    case call
    /// The second half of waiting on a condition: makes the call a.
    case relock
  }
}
