/// A coroutine written as a Swift `async` function.
///
/// Resumed by hand, it needs no scheduler:
///
/// ```swift
/// let greeter = AsyncCoroutine { os in
///   try await os.write("one")
///   try await os.write("two")
/// }
/// greeter.resume()  // .call(Write("one"))
/// greeter.resume()  // .call(Write("two"))
/// greeter.resume()  // .returned
/// ```
///
/// It runs on the thread that resumes it. A coroutine that is dropped before its end is ended as by a
/// kill: the body's `defer`s run.
public final class AsyncCoroutine: Coroutine {
  private let host: CoroutineHost
  private let task: Task<Void, Never>
  /// Where it goes on; nil when it has ended, or was given up.
  @exclusivity(unchecked) private var job: UnownedJob?

  init(host: CoroutineHost, body: @escaping TaskBody) {
    self.host = host
    (task, job) = host.start(body)
  }

  /// Makes a coroutine of its own, to be resumed by hand; nothing runs yet.
  ///
  /// - Parameter body: what it does.
  public convenience init(_ body: @escaping TaskBody) {
    self.init(host: CoroutineHost(), body: body)
  }

  deinit {
    guard let job else { return }
    // The host must not learn of `self`, which is going away; jobs are all it needs.
    if !host.isOutside(job) {
      guard case .escaped = host.end(job) else { return }
    }
    host.disown(job)
    task.cancel()
  }

  /// Whether there is nothing left to resume.
  public var hasEnded: Bool { job == nil }

  /// Resumes with nothing: to start, or to answer a call that has no reply.
  @discardableResult
  public func resume() -> Trap { _resume() }

  /// Runs to the next trap on the calling thread; after the end it does nothing and returns `.returned`.
  ///
  /// - Parameter resumption: `.start` at first, then the answer to the last call.
  /// - Returns: the next call, the end, or `.escaped` for as long as it awaits something else.
  @discardableResult
  public func resume(with resumption: Resumption) -> Trap {
    guard let job else { return .returned }
    guard isHome(job) else { return .escaped }
    return trap(of: host.resume(job, with: resumption))
  }

  /// Runs to the next trap, with no answer to pass on.
  public func _resume() -> Trap {
    guard let job else { return .returned }
    guard isHome(job) else { return .escaped }
    return trap(of: host.resume(job))
  }

  /// Whether it awaits nothing outside; one that was outside and is back is then no longer outside.
  @inline(__always)
  private func isHome(_ job: UnownedJob) -> Bool {
    !host.isOutside(job) || host.takeReturned(job)
  }

  @inline(__always)
  private func trap(of arrival: CoroutineHost.Arrival) -> Trap {
    switch arrival {
    case .short(let call): return .short(call)
    case .call: return host.takeTrap()
    case .end:
      job = nil
      return host.takeTrap()
    case .outside: return .escaped
    }
  }

  /// Whether it was outside and is back, so that it can be resumed.
  var isBack: Bool { job.map(host.isBack) ?? false }

  /// Abandons a coroutine that will not end.
  func abandon() {
    job = nil
  }
}
