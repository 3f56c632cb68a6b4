/// What the world does for a machine; all of it at once, or not at all.
///
/// Three devices are behind this one port: the system, a recording of it, and a simulated network with faults. No request
/// waits: where it would have to, the result is `again`, and `collect` says when to try again.
public protocol Device: AnyObject {
  /// Does something.
  func perform(_ request: DeviceRequest) -> DeviceResult

  /// Closes something opened, once.
  func close(_ key: Int)

  /// Says for which keys something may go further than before.
  ///
  /// - Parameter milliseconds: how long to wait while there is nothing.
  /// - Returns: each key, and the bits of the directions: see ``Direction``.
  func collect(milliseconds: Int) -> [(key: Int, kinds: UInt8)]
}

/// Something that is asked of a device; `key` is the number under which it opened something, never used again.
public enum DeviceRequest {
  /// How many handles may be open at most: a fact of the system that a recording has to have.
  case limit
  /// Opens a file, or a named device.
  case open(path: String, forWriting: Bool)
  /// Takes connections at an address from now on.
  case listen(Address)
  /// Begins a connection; `finish` says what became of it.
  case connect(Address)
  /// What became of a connection begun.
  case finish(key: Int)
  /// Takes a connection.
  case accept(key: Int)
  /// Takes bytes that have come; none at the end.
  case receive(key: Int, upTo: Int)
  /// Sends bytes, some or all.
  case send(key: Int, ArraySlice<UInt8>)
  /// Ends what is sent; the other side may go on.
  case shutdown(key: Int)

  /// The key that it is about; nil when it opens something.
  var key: Int? {
    switch self {
    case .limit, .open, .listen, .connect: nil
    case .finish(let key), .accept(let key), .receive(let key, _), .send(let key, _),
      .shutdown(let key):
      key
    }
  }
}

/// What a device did.
public enum DeviceResult: Hashable, Sendable {
  /// Something is open under a key; its address, and whether it never has to be waited for, as files.
  case opened(key: Int, address: String, isAlwaysReady: Bool)
  /// Bytes; none at the end of what comes in.
  case bytes([UInt8])
  /// So many bytes were sent.
  case count(Int)
  /// It is done.
  case done
  /// It would have to wait.
  case again
  /// It failed, by the system's number.
  case failed(Int32)
}
