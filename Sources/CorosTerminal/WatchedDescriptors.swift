/// Descriptors to wait for while the user types, such as those of other terminals that look at the same machine.
package protocol WatchedDescriptors: AnyObject {
  /// The descriptors, and whether to wait until each can be read, and until it can be written to.
  var descriptors: [(descriptor: Int32, isReceiving: Bool, isSending: Bool)] { get }

  /// How long to wait for them at most, in milliseconds; nil for any time.
  var timeout: Int32? { get }

  /// Whether there is nothing left to type for: the line being edited ends like one at the end of input.
  var isOver: Bool { get }

  /// Does what is due, without waiting. It prints through `LineEditor.printAbove`.
  func serve()

  /// Passes on what has changed here, without waiting; called after a full screen was drawn.
  func passOn()
}

extension WatchedDescriptors {
  /// Nothing is passed on.
  package func passOn() {}
}
