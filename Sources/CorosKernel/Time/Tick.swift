/// A moment, or a span, of virtual time: one tick is one dispatch.
///
/// The clock stands at 0 when a scheduler is made. A dispatch at tick `t` takes the span from `t` to
/// `t + 1`; when nothing is ready the clock jumps to the next timer.
public typealias Tick = Int

/// The last moment that anything can wait for; from there on the clock has as much room again to run in.
let endOfTime: Tick = .max / 2
