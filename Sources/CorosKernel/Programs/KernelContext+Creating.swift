extension KernelContext {
  /// Creates a child of the caller; the child is queued before the caller.
  public func createTask(_ name: String, _ code: TaskCode) throws(SystemCallError) -> TaskID {
    try scheduler.createTask(name, code, parent: caller)
  }
}
