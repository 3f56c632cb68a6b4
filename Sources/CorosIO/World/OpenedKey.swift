import CorosKernel

/// What a world knows of something that a device has opened under a key.
struct OpenedKey {
  /// Its object, the same on all branches on which it is open; nil until it is made.
  var object: ObjectID?
  /// The branch on which it was opened.
  let branch: Int32
}
