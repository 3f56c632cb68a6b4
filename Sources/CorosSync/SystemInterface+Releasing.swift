public import CorosKernel

extension SystemInterface {
  /// Runs a body, and then gives back what the caller took for it, whichever way the body ends.
  ///
  /// A task that is being ended can give nothing back: the kernel does it.
  nonisolated(nonsending) func releasing<Result>(
    _ body: nonisolated(nonsending) () async throws -> Result,
    _ release: nonisolated(nonsending) () async throws -> Void
  ) async throws -> Result {
    let result: Result
    do {
      result = try await body()
    } catch {
      if !(error is Termination) { try await release() }
      throw error
    }
    try await release()
    return result
  }
}

extension KernelContext {
  /// The arguments of a call in traces: an object's name, and a timeout if there is one.
  @usableFromInline
  func words<Value>(_ object: Object<Value>, _ timeout: Tick?) -> String {
    timeout.map { "\(name(of: object)), timeout \($0)" } ?? name(of: object)
  }
}
