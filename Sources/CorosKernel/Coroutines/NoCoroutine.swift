/// What stands where a task has no coroutine: it is over before it begins.
///
/// A value and not the absence of one, since each step would pay for the difference.
struct NoCoroutine: Coroutine {
  mutating func resume(with resumption: Resumption) -> Trap { .returned }
}
