/// A moment, or a span, of virtual time: one tick is one dispatch.
///
/// The clock stands at 0 when a scheduler is made. A dispatch at tick `t` takes the span from `t` to
/// `t + 1`; when nothing is ready the clock jumps to the next timer.
///
/// No program runs for so long that the clock, or a sum of its ticks, leaves the range: at ten
/// nanoseconds a step that takes more than a thousand years. So a step counts without checks.
public typealias Tick = Int

/// The last moment that anything can wait for; from there on the clock has as much room again to run in.
let endOfTime: Tick = .max / 2
