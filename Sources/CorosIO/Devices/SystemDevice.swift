#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The system's own files and sockets: non-blocking, closed in programs that this process starts, edge-triggered.
public final class SystemDevice: Device {
  // Not exclusivity-checked, as others here: each request touches them, on one thread.
  @exclusivity(unchecked) private var descriptors = KeyTable<Descriptor>()
  @exclusivity(unchecked) private var lastKey: Int
  @exclusivity(unchecked) private var poller: Poller?
  /// The paths of listeners, which go with them.
  private var paths: [Int: String] = [:]
  /// Those whose descriptor is a copy of one that this process goes on using.
  private var copies: Set<Int> = []
  /// Listeners that had no descriptor left for a connection.
  @exclusivity(unchecked) private var starved: [Int] = []
  private var starvedAt: UInt64 = 0
  @exclusivity(unchecked) private var hasClosed = false
  /// Files and descriptors by the names that were given to them.
  private let named: [String: String]
  private let leavesTerminal: Bool
  private let scratch = UnsafeMutableRawBufferPointer.allocate(
    byteCount: largestTransfer,
    alignment: 16
  )

  /// The most bytes of one transfer, so that a step stays short.
  static let largestTransfer = 65_536
  private static let backlog: Int32 = 4_096
  private static let starvedFor: UInt64 = 100_000_000

  /// Makes a device with nothing open.
  ///
  /// - Parameters:
  ///   - named: paths, or `fd:3` for a descriptor that this process has, by names.
  ///   - lastKey: the key after which those of this device begin.
  ///   - leavesTerminal: whether the terminal of this process belongs to a prompt, and is not opened.
  public init(
    named: [String: String] = [:],
    after lastKey: Int = 0,
    leavesTerminal: Bool = false
  ) {
    self.named = named
    self.lastKey = lastKey
    self.leavesTerminal = leavesTerminal
  }

  deinit {
    for path in paths.values { unlink(path) }
    for descriptor in descriptors.values { _ = Self.systemClose(descriptor.number) }
    scratch.deallocate()
  }

  /// How many descriptors are open.
  public var openCount: Int { descriptors.count }

  // MARK: Requests

  /// Does something.
  public func perform(_ request: DeviceRequest) -> DeviceResult {
    switch request {
    case .limit: return .count(DescriptorLimit.standard)
    case .open(let path, let forWriting): return open(path, forWriting)
    case .listen(let address): return listen(address)
    case .connect(let address): return connect(address)
    case .finish(let key): return with(key, finish)
    case .accept(let key): return with(key) { accept(key, $0) }
    case .receive(let key, let most): return receive(key, min(most, Self.largestTransfer))
    case .send(let key, let bytes):
      return with(key) { send($0, bytes.prefix(Self.largestTransfer)) }
    case .shutdown(let key):
      return with(key) { SocketCalls.shutdownWriting($0) == 0 ? .done : .failed(errno) }
    }
  }

  private func with(_ key: Int, _ body: (Int32) -> DeviceResult) -> DeviceResult {
    descriptors[key].map { body($0.number) } ?? .failed(ECONNRESET)
  }

  private func add(
    _ descriptor: Int32,
    _ address: String,
    isConnection: Bool = false,
    isLocal: Bool = false
  ) -> DeviceResult {
    lastKey += 1
    let poller: Poller
    do throws(SystemNumber) {
      if let known = self.poller { poller = known } else { poller = try Poller() }
      self.poller = poller
    } catch {
      _ = Self.systemClose(descriptor)
      return .failed(error.value)
    }
    let refusal = poller.watch(descriptor, lastKey)
    // What cannot be watched never has to be waited for: files, `/dev/null`.
    guard refusal == 0 || refusal == EPERM else {
      _ = Self.systemClose(descriptor)
      return .failed(refusal)
    }
    descriptors[lastKey] = Descriptor(
      number: descriptor,
      isConnection: isConnection,
      // Between programs of one machine descriptors can be sent, too, and what is taken stops short at each.
      isSpecial: isLocal
    )
    return .opened(key: lastKey, address: address, isAlwaysReady: refusal == EPERM)
  }

  private func open(_ path: String, _ forWriting: Bool) -> DeviceResult {
    let path = named[path] ?? path
    if path.hasPrefix("fd:") {
      guard let original = Int32(path.dropFirst(3)) else { return .failed(EBADF) }
      if leavesTerminal, SocketCalls.isOwnTerminal(original) { return .failed(ENOTTY) }
      let copy = SocketCalls.duplicate(original)
      if copy < 0 { return .failed(EBADF) }
      let result = add(copy, path)
      if case .opened(let key, _, false) = result { copies.insert(key) }
      return result
    }
    let flags = forWriting ? O_WRONLY | O_CREAT | O_APPEND : O_RDONLY
    let descriptor = retrying { SocketCalls.open(path, flags | O_NONBLOCK | O_CLOEXEC | O_NOCTTY) }
    if descriptor < 0 { return .failed(errno) }
    if leavesTerminal, SocketCalls.isOwnTerminal(descriptor) {
      _ = Self.systemClose(descriptor)
      return .failed(ENOTTY)
    }
    return add(descriptor, path)
  }

  private func listen(_ address: Address) -> DeviceResult {
    let descriptor = SocketCalls.socket(for: address)
    guard descriptor >= 0 else { return .failed(errno) }
    if case .internet = address { SocketCalls.set(SO_REUSEADDR, on: descriptor) }
    var isBound = SocketCalls.bind(descriptor, address) == 0
    if !isBound, errno == EADDRINUSE, case .local(let path) = address {
      // A process that was killed leaves its socket behind.
      isBound = SocketCalls.removeDead(path) && SocketCalls.bind(descriptor, address) == 0
    }
    guard isBound, SocketCalls.listen(descriptor, Self.backlog) == 0 else {
      return fail(descriptor)
    }
    let result = add(descriptor, SocketCalls.ownAddress(descriptor) ?? address.description)
    if case .opened(let key, _, _) = result, case .local(let path) = address { paths[key] = path }
    return result
  }

  private func connect(_ address: Address) -> DeviceResult {
    let descriptor = SocketCalls.socket(for: address)
    guard descriptor >= 0 else { return .failed(errno) }
    if SocketCalls.connect(descriptor, address) != 0, errno != EINPROGRESS, errno != EINTR {
      return fail(descriptor)
    }
    SocketCalls.sendAtOnce(descriptor)
    let isLocal = if case .local = address { true } else { false }
    return add(descriptor, address.description, isConnection: true, isLocal: isLocal)
  }

  private func fail(_ descriptor: Int32) -> DeviceResult {
    let number = errno
    _ = Self.systemClose(descriptor)
    return .failed(number)
  }

  private func finish(_ descriptor: Int32) -> DeviceResult {
    if let number = SocketCalls.error(of: descriptor) { return .failed(number) }
    return SocketCalls.isConnected(descriptor) ? .done : .again
  }

  private func accept(_ key: Int, _ descriptor: Int32) -> DeviceResult {
    while true {
      let (connection, peer) = SocketCalls.accept(descriptor)
      if connection >= 0 {
        SocketCalls.sendAtOnce(connection)
        return add(connection, peer, isConnection: true, isLocal: peer == SocketCalls.localPeer)
      }
      let number = errno
      switch number {
      case EINTR, ECONNABORTED, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, EHOSTUNREACH, EOPNOTSUPP,
        ENETUNREACH:
        continue  // This connection has failed already; the next may be well.
      case EAGAIN: return .again
      case EMFILE, ENFILE, ENOBUFS, ENOMEM:
        // The edge is gone, and the connection waits: it is tried again when something is closed, or soon.
        if !starved.contains(key) { starved.append(key) }
        starvedAt = MonotonicClock.nanoseconds
        hasClosed = false
        return .failed(number)
      default: return .failed(number)
      }
    }
  }

  private func receive(_ key: Int, _ most: Int) -> DeviceResult {
    guard let descriptor = descriptors[key] else { return .failed(ECONNRESET) }
    // The system would say the same, which takes as long as to take bytes.
    if descriptor.isEmpty { return .again }
    let most = max(1, most)
    let count = retrying {
      descriptor.isConnection
        ? recv(descriptor.number, scratch.baseAddress, most, 0)
        : read(descriptor.number, scratch.baseAddress, most)
    }
    guard count >= 0 else { return errno == EAGAIN ? .again : .failed(errno) }
    if count > 0, count < most, descriptor.isConnection, !descriptor.isSpecial, Poller.tellsAgain {
      descriptors.change(key) { $0.isEmpty = true }
    }
    return .bytes([UInt8](UnsafeRawBufferPointer(start: scratch.baseAddress, count: count)))
  }

  private func send(_ descriptor: Int32, _ bytes: ArraySlice<UInt8>) -> DeviceResult {
    let count = bytes.withUnsafeBytes { bytes in
      retrying { SocketCalls.send(descriptor, bytes) }
    }
    guard count >= 0 else { return errno == EAGAIN ? .again : .failed(errno) }
    return .count(count)
  }

  // MARK: The rest

  /// Closes something opened: once, and never again when a signal comes between, for then it is closed already.
  public func close(_ key: Int) {
    guard let descriptor = descriptors.removeValue(forKey: key) else { return }
    if copies.remove(key) != nil { poller?.forget(descriptor.number) }
    _ = Self.systemClose(descriptor.number)
    if let path = paths.removeValue(forKey: key) { unlink(path) }
    starved.removeAll { $0 == key }
    hasClosed = true
  }

  /// Says for which keys something may go further than before.
  public func collect(milliseconds: Int) -> [(key: Int, kinds: UInt8)] {
    if !starved.isEmpty {
      if hasClosed || MonotonicClock.nanoseconds &- starvedAt >= Self.starvedFor {
        defer { starved = [] }
        return starved.map { ($0, Direction.read.rawValue) } + news(within: 0)
      }
      return news(within: min(milliseconds, 10))
    }
    if poller == nil, milliseconds > 0 { poll(nil, 0, Int32(milliseconds)) }
    return news(within: milliseconds)
  }

  /// What the system tells of within a time.
  private func news(within milliseconds: Int) -> [(key: Int, kinds: UInt8)] {
    guard var news = poller?.collect(milliseconds: milliseconds) else { return [] }
    for index in news.indices {
      let kinds = news[index].kinds
      if kinds & (Direction.read.rawValue | Poller.isSpecial) == 0 { continue }
      descriptors.change(news[index].key) {
        $0.isEmpty = false
        if kinds & Poller.isSpecial != 0 { $0.isSpecial = true }
      }
      news[index].kinds = kinds & ~Poller.isSpecial
    }
    return news
  }

  private func retrying<Number: SignedInteger>(_ call: () -> Number) -> Number {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }

  private static func systemClose(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.close(descriptor)
    #elseif canImport(Musl)
      Musl.close(descriptor)
    #else
      Darwin.close(descriptor)
    #endif
  }
}

/// What a device knows of something that it has opened.
private struct Descriptor {
  let number: Int32
  let isConnection: Bool
  /// Whether all bytes have been taken that had come, for there were fewer than were asked for.
  var isEmpty = false
  /// Whether something else than bytes has come, or may come: then nothing is concluded from how many there are.
  var isSpecial = false
}

/// An error by the system's number.
struct SystemNumber: Error { let value: Int32 }
