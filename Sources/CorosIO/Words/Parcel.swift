import CorosKernel

/// Bytes to be sent, and perhaps how long that may take: one word, for a call of three words is kept with its task, and
/// a longer one takes memory of its own each time.
enum Parcel {
  case bytes([UInt8])
  case urgent(Urgent)

  /// The same with a time.
  final class Urgent {
    let bytes: [UInt8]
    let timeout: Tick

    init(_ bytes: [UInt8], within timeout: Tick) {
      self.bytes = bytes
      self.timeout = timeout
    }
  }

  init(_ bytes: [UInt8], within timeout: Tick?) {
    self = timeout.map { .urgent(Urgent(bytes, within: $0)) } ?? .bytes(bytes)
  }

  var bytes: [UInt8] {
    switch self {
    case .bytes(let bytes): bytes
    case .urgent(let urgent): urgent.bytes
    }
  }

  var timeout: Tick? {
    switch self {
    case .bytes: nil
    case .urgent(let urgent): urgent.timeout
    }
  }
}
