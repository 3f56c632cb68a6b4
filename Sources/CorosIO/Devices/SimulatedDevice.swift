import CorosKernel

/// Which mishaps a simulated network has, each with a chance in a thousand.
public struct SimulatedFaults: Hashable, Sendable {
  /// That a receiver gets a single byte.
  public var shortReads = 0
  /// That a sender gets rid of a single byte.
  public var shortWrites = 0
  /// That something which could be done has to wait.
  public var delays = 0
  /// That a connection is broken off.
  public var resets = 0
  /// That a connection is refused.
  public var refusals = 0

  /// Makes a network without mishaps.
  public init() {}

  /// A network in which all of it happens.
  public static var rough: SimulatedFaults {
    var faults = SimulatedFaults()
    faults.shortReads = 300
    faults.shortWrites = 300
    faults.delays = 200
    faults.resets = 10
    faults.refusals = 20
    return faults
  }
}

/// A network of its own, in memory, with mishaps drawn from a seed: the same in each run.
///
/// Tasks of the machine connect to each other. It finds mistakes of framing without a network: who takes it for granted
/// that a message comes in one piece fails at once.
public final class SimulatedDevice: Device {
  private struct Side {
    var peer: Int?
    var incoming: [UInt8] = []
    var hasEnded = false
    var isReset = false
  }

  private enum Place {
    case listener(waiting: [Int])
    case side(Side)
  }

  private let faults: SimulatedFaults
  private var random: RandomSource
  private var places: [Int: Place] = [:]
  private var listeners: [Address: Int] = [:]
  private var lastKey = 0
  private var lastPort: UInt16 = 50_000
  private var news: [Int: UInt8] = [:]
  private let seed: UInt64

  /// So many bytes may be on their way in one direction.
  private static let room = 4_096

  /// Makes a network.
  public init(seed: UInt64 = 0, faults: SimulatedFaults = SimulatedFaults()) {
    self.faults = faults
    self.seed = seed
    random = RandomSource(seed: seed)
  }

  /// Makes the same network once more, as it was at the beginning.
  ///
  /// - Parameter key: what is opened there gets numbers above this one.
  /// - Returns: the network.
  package func anew(after key: Int) -> SimulatedDevice {
    let device = SimulatedDevice(seed: seed, faults: faults)
    device.lastKey = key
    return device
  }

  /// How many things are open.
  public var openCount: Int { places.count }

  private func happens(_ chance: Int) -> Bool { chance > 0 && random.next(below: 1_000) < chance }

  private func tell(_ key: Int?, _ direction: Direction) {
    if let key { news[key, default: 0] |= direction.rawValue }
  }

  private func add(_ place: Place) -> Int {
    lastKey += 1
    places[lastKey] = place
    return lastKey
  }

  /// Does something.
  public func perform(_ request: DeviceRequest) -> DeviceResult {
    if let key = request.key, places[key] != nil, happens(faults.delays) {
      // It is tried again when the machine has nothing better to do.
      news[key, default: 0] |= 3
      switch request {
      case .receive, .send, .accept, .finish: return .again
      case .limit, .open, .listen, .connect, .shutdown: break
      }
    }
    switch request {
    case .limit: return .count(1_000)
    case .open: return .failed(SystemNumbers.notFound)
    case .listen(let address):
      guard listeners[address] == nil else { return .failed(SystemNumbers.inUse) }
      let key = add(.listener(waiting: []))
      listeners[address] = key
      return .opened(key: key, address: address.description, isAlwaysReady: false)
    case .connect(let address): return connect(address)
    case .finish(let key):
      guard case .side(let side)? = places[key], side.peer != nil else {
        return .failed(SystemNumbers.refused)
      }
      return side.isReset ? .failed(SystemNumbers.reset) : .done
    case .accept(let key):
      guard case .listener(var waiting)? = places[key] else { return .failed(SystemNumbers.reset) }
      guard !waiting.isEmpty else { return .again }
      let connection = waiting.removeFirst()
      places[key] = .listener(waiting: waiting)
      lastPort = lastPort == .max ? 50_001 : lastPort + 1
      return .opened(key: connection, address: "127.0.0.1:\(lastPort)", isAlwaysReady: false)
    case .receive(let key, let most): return receive(key, most)
    case .send(let key, let bytes): return send(key, bytes)
    case .shutdown(let key):
      if case .side(let side)? = places[key] { end(side.peer) }
      return .done
    }
  }

  private func connect(_ address: Address) -> DeviceResult {
    guard let listener = listeners[address], case .listener(var waiting)? = places[listener],
      !happens(faults.refusals)
    else {
      return .opened(key: add(.side(Side())), address: address.description, isAlwaysReady: false)
    }
    let mine = add(.side(Side()))
    let other = add(.side(Side(peer: mine)))
    places[mine] = .side(Side(peer: other))
    waiting.append(other)
    places[listener] = .listener(waiting: waiting)
    tell(listener, .read)
    return .opened(key: mine, address: address.description, isAlwaysReady: false)
  }

  private func receive(_ key: Int, _ most: Int) -> DeviceResult {
    guard case .side(var side)? = places[key] else { return .failed(SystemNumbers.reset) }
    if happens(faults.resets) { breakOff(key) }
    if case .side(let now)? = places[key], now.isReset { return .failed(SystemNumbers.reset) }
    guard !side.incoming.isEmpty else { return side.hasEnded ? .bytes([]) : .again }
    let count = happens(faults.shortReads) ? 1 : min(most, side.incoming.count)
    let bytes = Array(side.incoming.prefix(count))
    side.incoming.removeFirst(count)
    places[key] = .side(side)
    tell(side.peer, .write)
    return .bytes(bytes)
  }

  private func send(_ key: Int, _ bytes: ArraySlice<UInt8>) -> DeviceResult {
    guard case .side(let side)? = places[key], !side.isReset, let peer = side.peer,
      case .side(var other)? = places[peer]
    else { return .failed(SystemNumbers.reset) }
    let room = Self.room - other.incoming.count
    guard room > 0 else { return .again }
    let count = happens(faults.shortWrites) ? 1 : min(room, bytes.count)
    other.incoming += bytes.prefix(count)
    places[peer] = .side(other)
    tell(peer, .read)
    return .count(count)
  }

  private func end(_ key: Int?) {
    guard let key, case .side(var side)? = places[key] else { return }
    side.hasEnded = true
    places[key] = .side(side)
    news[key, default: 0] |= 3
  }

  private func breakOff(_ key: Int) {
    guard case .side(var side)? = places[key], !side.isReset else { return }
    side.isReset = true
    places[key] = .side(side)
    news[key, default: 0] |= 3
    if let peer = side.peer { breakOff(peer) }
  }

  /// Closes something opened; the other side sees the end.
  public func close(_ key: Int) {
    switch places.removeValue(forKey: key) {
    case .listener(let waiting)?:
      listeners = listeners.filter { $0.value != key }
      for connection in waiting { close(connection) }
    case .side(let side)?: end(side.peer)
    case nil: break
    }
    news[key] = nil
  }

  /// Forgets what has come: a journal says that it was noticed.
  package func forgetNews() { news = [:] }

  /// Says what has come; it never waits.
  public func collect(milliseconds: Int) -> [(key: Int, kinds: UInt8)] {
    defer { news = [:] }
    return news.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
