import CorosKernel

extension Array where Element == Arrival {
  /// Arrivals in the order of their objects, each object once.
  var inOrder: Self {
    if count < 2 { return self }
    var result = Self()
    result.reserveCapacity(count)
    for arrival in sorted(by: { $0.object < $1.object }) {
      if let last = result.last, last.object == arrival.object {
        result[result.count - 1] = Arrival(for: last.object, kinds: last.kinds | arrival.kinds)
      } else {
        result.append(arrival)
      }
    }
    return result
  }
}
