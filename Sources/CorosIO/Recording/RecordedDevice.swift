/// A world that is over: it answers as it once did, in the same order, and nothing new comes.
public final class RecordedDevice: Device {
  private var entries: ArraySlice<TapeEntry>

  /// Makes a device that answers from a recording.
  public init(_ entries: [TapeEntry]) { self.entries = entries[...] }

  /// How many answers are left.
  public var remaining: Int { entries.count }

  /// What is asked next in the recording.
  var next: TapeEntry? { entries.first }

  /// Gives the next answer; after the last, whatever is asked fails as a connection that is broken off.
  public func perform(_ request: DeviceRequest) -> DeviceResult {
    entries.popFirst()?.result ?? .failed(SystemNumbers.reset)
  }

  /// Nothing is open.
  public func close(_ key: Int) {}

  /// Nothing comes.
  public func collect(milliseconds: Int) -> [(key: Int, kinds: UInt8)] { [] }
}
