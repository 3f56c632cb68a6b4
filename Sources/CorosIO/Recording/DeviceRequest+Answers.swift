extension DeviceRequest {
  /// Whether an answer makes sense: a recording may have been changed.
  func mayBeAnswered(_ result: DeviceResult) -> Bool {
    switch (self, result) {
    case (_, .again), (_, .failed), (.finish, .done), (.shutdown, .done): true
    case (.open, .opened(let key, _, _)), (.listen, .opened(let key, _, _)),
      (.connect, .opened(let key, _, _)), (.accept, .opened(let key, _, _)):
      key <= Self.largestNumber
    case (.limit, .count(let limit)): limit <= Self.largestNumber
    case (.receive(_, let most), .bytes(let bytes)): bytes.count <= max(1, most)
    case (.send(_, let bytes), .count(let count)): count <= bytes.count
    default: false
    }
  }

  /// No system has as many descriptors.
  private static var largestNumber: Int { 1 << 48 }
}
