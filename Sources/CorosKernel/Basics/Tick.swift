/// A point, or a span, of virtual time: one tick is one dispatch.
///
/// The clock stands at 0 when a scheduler is made. A dispatch at tick `t` takes the span from `t` to
/// `t + 1`; when nothing is ready the clock jumps to the next timer.
///
/// No program runs long enough for the clock, or a sum of ticks, to overflow: at ten nanoseconds a step that
/// takes more than a thousand years. So a step counts without checks.
public typealias Tick = Int

/// The last tick that anything can wait for; beyond it the clock has as much room again.
let endOfTime: Tick = .max / 2
