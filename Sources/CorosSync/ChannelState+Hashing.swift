import CorosKernel

// What tells two states of a channel apart.

extension ChannelState {
  /// The values and whether it is closed; as which they were sent is for listings.
  @usableFromInline
  func hashState(into hasher: inout Hasher) -> Bool {
    hasher.combine(isClosed)
    hasher.combine(items.count)
    for item in items.present {
      guard let value = item.value as? any Hashable else { return false }
      value.hash(into: &hasher)
    }
    return true
  }
}
