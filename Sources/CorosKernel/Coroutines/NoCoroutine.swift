/// Stands where a task has no coroutine.
///
/// A value rather than an optional, since each step would pay for the check.
struct NoCoroutine: Coroutine {
  mutating func resume(with resumption: Resumption) -> Trap { .returned }
}
