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
  private enum Phase {
    case unstarted
    case suspended
    case outside
    case ended
    /// Given up: it would not end.
    case abandoned
  }

  private let host: CoroutineHost
  private let task: Task<Void, Never>
  private let job: UnownedJob
  @exclusivity(unchecked) private var phase = Phase.unstarted

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
    switch phase {
    case .unstarted, .suspended:
      // The host must not learn of `self`, which is going away; jobs are all it needs.
      if case .escaped = host.end(job) { giveUpOutside() }
    case .outside:
      giveUpOutside()
    case .ended, .abandoned:
      break
    }
  }

  /// Whether there is nothing left to resume.
  public var hasEnded: Bool {
    switch phase {
    case .ended, .abandoned: true
    case .unstarted, .suspended, .outside: false
    }
  }

  /// Resumes with nothing: to start, or to answer a call that has no reply.
  @discardableResult
  public func resume() -> Trap {
    resume(with: phase == .unstarted ? .start : .done)
  }

  /// Runs to the next trap on the calling thread; after the end it does nothing and returns `.returned`.
  ///
  /// - Parameter resumption: `.start` at first, then the answer to the last call.
  /// - Returns: the next call, the end, or `.escaped` for as long as it awaits something else.
  @discardableResult
  public func resume(with resumption: Resumption) -> Trap {
    guard isResumable else { return hasEnded ? .returned : .escaped }
    return trap(of: host.resume(job, with: resumption))
  }

  /// Runs to the next trap, with no answer to pass on.
  public func _resume() -> Trap {
    guard isResumable else { return hasEnded ? .returned : .escaped }
    return trap(of: host.resume(job))
  }

  /// Whether there is a place to go on from; one that was outside and is back is then no longer outside.
  @inline(__always)
  private var isResumable: Bool {
    switch phase {
    case .unstarted, .suspended: true
    case .outside: host.takeReturned(job)
    case .ended, .abandoned: false
    }
  }

  @inline(__always)
  private func trap(of arrival: CoroutineHost.Arrival) -> Trap {
    switch arrival {
    case .short(let call):
      phase = .suspended
      return .short(call)
    case .call:
      phase = .suspended
      return host.takeTrap()
    case .end:
      phase = .ended
      return host.takeTrap()
    case .outside:
      phase = .outside
      return .escaped
    }
  }

  /// Whether it was outside and is back, so that resuming it gets somewhere.
  var isBack: Bool {
    phase == .outside && host.isBack(job)
  }

  /// Leaves it where it is, for ever: for one that will not end.
  func abandon() {
    phase = .abandoned
  }

  private func giveUpOutside() {
    host.disown(job)
    task.cancel()
  }
}
