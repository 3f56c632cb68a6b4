public import CorosKernel

/// Opens a file, or a device that was given a name.
///
/// Files never have to be waited for: they are read within the step, and a slow disk stops the machine.
///
/// - Blocks: while as many handles are open as may be. Reply: the handle, which is closed with the caller. Errors:
///   `notFound`, `denied`; `noWorld`. O(1).
public struct Open: Opening {
  /// The path, or the name.
  public let path: String
  /// Whether to write at its end; the file is made if need be.
  public let forWriting: Bool

  /// Makes the call.
  public init(_ path: String, forWriting: Bool = false) {
    self.path = path
    self.forWriting = forWriting
  }

  /// The path.
  public var arguments: String { path }

  /// Opens it, or has the caller wait for a free handle.
  public func handle(in kernel: KernelContext) -> Disposition<Handle> { begin(in: kernel) }

  /// Hands over what was opened meanwhile.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Handle> {
    end(after: wakeup)
  }

  var kind: HandleKind { .file }
  var subject: String { path }

  func request(in world: World) throws(IOFailure) -> DeviceRequest {
    if path.utf8.contains(0) || path.isEmpty {
      throw .invalid("a path has no zero byte, and is not empty")
    }
    return .open(path: path, forWriting: forWriting)
  }
}

extension SystemInterface {
  /// Opens a file, or a device that was given a name; it is closed with the calling task.
  public nonisolated(nonsending) func open(
    _ path: String,
    forWriting: Bool = false
  ) async throws -> Handle {
    try await call(Open(path, forWriting: forWriting))
  }
}
