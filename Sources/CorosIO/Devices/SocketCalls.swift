#if canImport(Glibc)
  import CEpoll
  import Glibc
#elseif canImport(Musl)
  import CEpoll
  import Musl
#else
  import Darwin
#endif

/// The system's calls on sockets, with the types that Swift would rather have.
enum SocketCalls {
  #if os(Linux)
    private static let stream = Int32(SOCK_STREAM.rawValue)
  #else
    private static let stream = SOCK_STREAM
  #endif

  /// What the other side is called that has no address: a program of this machine.
  static let localPeer = "local"

  static func open(_ path: String, _ flags: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.open(path, flags, 0o666)
    #elseif canImport(Musl)
      Musl.open(path, flags, 0o666)
    #else
      Darwin.open(path, flags, 0o666)
    #endif
  }

  static func duplicate(_ descriptor: Int32) -> Int32 {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    if copy >= 0 { setNonBlocking(copy) }
    return copy
  }

  /// Whether a descriptor is that of the terminal from which this process reads, by whatever name it was opened.
  static func isOwnTerminal(_ descriptor: Int32) -> Bool {
    guard isatty(descriptor) != 0 else { return false }
    var (this, input, controlling) = (stat(), stat(), stat())
    guard fstat(descriptor, &this) == 0 else { return false }
    return fstat(STDIN_FILENO, &input) == 0 && this.st_rdev == input.st_rdev
      || stat("/dev/tty", &controlling) == 0 && this.st_rdev == controlling.st_rdev
  }

  private static func setNonBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  static func socket(for address: Address) -> Int32 {
    let family = if case .internet = address { AF_INET } else { AF_UNIX }
    #if canImport(Glibc)
      let descriptor = Glibc.socket(family, stream, 0)
    #elseif canImport(Musl)
      let descriptor = Musl.socket(family, stream, 0)
    #else
      let descriptor = Darwin.socket(family, stream, 0)
    #endif
    if descriptor >= 0 { prepare(descriptor) }
    return descriptor
  }

  private static func prepare(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    setNonBlocking(descriptor)
    #if canImport(Darwin)
      set(SO_NOSIGPIPE, on: descriptor)
    #endif
  }

  static func set(_ option: Int32, on descriptor: Int32) {
    var one: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, option, &one, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Has small messages be sent at once.
  static func sendAtOnce(_ descriptor: Int32) {
    var one: Int32 = 1
    setsockopt(
      descriptor,
      Int32(IPPROTO_TCP),
      TCP_NODELAY,
      &one,
      socklen_t(MemoryLayout<Int32>.size)
    )
  }

  static func bind(_ descriptor: Int32, _ address: Address) -> Int32 {
    #if canImport(Glibc)
      withAddress(address) { Glibc.bind(descriptor, $0, $1) }
    #elseif canImport(Musl)
      withAddress(address) { Musl.bind(descriptor, $0, $1) }
    #else
      withAddress(address) { Darwin.bind(descriptor, $0, $1) }
    #endif
  }

  /// Removes a socket of this user at which nobody listens, and nothing else.
  ///
  /// - Returns: whether it is removed; if not, `errno` says that the address is in use.
  static func removeDead(_ path: String) -> Bool {
    var state = stat()
    guard lstat(path, &state) == 0, state.st_mode & S_IFMT == S_IFSOCK, state.st_uid == geteuid()
    else {
      errno = EADDRINUSE
      return false
    }
    let descriptor = socket(for: .local(path))
    let isDead =
      descriptor >= 0 && connect(descriptor, .local(path)) != 0 && errno == ECONNREFUSED
    if descriptor >= 0 { _ = close(descriptor) }
    guard isDead, unlink(path) == 0 else {
      errno = EADDRINUSE
      return false
    }
    return true
  }

  static func connect(_ descriptor: Int32, _ address: Address) -> Int32 {
    #if canImport(Glibc)
      withAddress(address) { Glibc.connect(descriptor, $0, $1) }
    #elseif canImport(Musl)
      withAddress(address) { Musl.connect(descriptor, $0, $1) }
    #else
      withAddress(address) { Darwin.connect(descriptor, $0, $1) }
    #endif
  }

  static func listen(_ descriptor: Int32, _ backlog: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.listen(descriptor, backlog)
    #elseif canImport(Musl)
      Musl.listen(descriptor, backlog)
    #else
      Darwin.listen(descriptor, backlog)
    #endif
  }

  /// Takes a connection; its descriptor, or -1, and who is on the other side.
  static func accept(_ descriptor: Int32) -> (Int32, String) {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let connection = withUnsafeMutablePointer(to: &storage) { storage in
      storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        #if canImport(Darwin)
          Darwin.accept(descriptor, address, &length)
        #else
          coros_accept(descriptor, address, &length)
        #endif
      }
    }
    #if canImport(Darwin)
      if connection >= 0 { prepare(connection) }
    #endif
    return (connection, connection < 0 ? "" : words(storage) ?? localPeer)
  }

  static func shutdownWriting(_ descriptor: Int32) -> Int32 {
    shutdown(descriptor, Int32(SHUT_WR))
  }

  /// Sends bytes without a signal where nobody reads any more.
  static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
      let flags: Int32 = 0
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    #if canImport(Glibc)
      let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags)
    #elseif canImport(Musl)
      let count = Musl.send(descriptor, bytes.baseAddress, bytes.count, flags)
    #else
      let count = Darwin.send(descriptor, bytes.baseAddress, bytes.count, flags)
    #endif
    guard count < 0, errno == ENOTSOCK else { return count }
    return BlockedSignal.duringPipeWrite { write(descriptor, bytes.baseAddress, bytes.count) }
  }

  /// The error that is pending at a socket; nil when there is none.
  static func error(of descriptor: Int32) -> Int32? {
    var number: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &length)
    return number == 0 ? nil : number
  }

  /// Whether somebody is on the other side.
  static func isConnected(_ descriptor: Int32) -> Bool {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &storage) { storage in
      storage.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getpeername(descriptor, $0, &length)
      }
    } == 0
  }

  /// Where a socket listens, with the port that the system chose; nil for paths.
  static func ownAddress(_ descriptor: Int32) -> String? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let isKnown = withUnsafeMutablePointer(to: &storage) { storage in
      storage.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &length)
      }
    }
    return isKnown == 0 ? words(storage) : nil
  }

  private static func words(_ storage: sockaddr_storage) -> String? {
    guard storage.ss_family == sa_family_t(AF_INET) else { return nil }
    return withUnsafeBytes(of: storage) { bytes in
      let address = bytes.loadUnaligned(as: sockaddr_in.self)
      let numbers = withUnsafeBytes(of: address.sin_addr.s_addr) { [UInt8]($0) }
      return Address.internet(numbers, port: UInt16(bigEndian: address.sin_port)).description
    }
  }

  private static func withAddress(
    _ address: Address,
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    switch address {
    case .internet(let numbers, let port):
      var value = sockaddr_in()
      value.sin_family = sa_family_t(AF_INET)
      value.sin_port = port.bigEndian
      withUnsafeMutableBytes(of: &value.sin_addr.s_addr) { $0.copyBytes(from: numbers) }
      return withUnsafePointer(to: &value) { value in
        value.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    case .local(let path):
      var value = sockaddr_un()
      value.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &value.sun_path) { $0.copyBytes(from: path.utf8) }
      return withUnsafePointer(to: &value) { value in
        value.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
    }
  }
}

/// Keeps the signal away that comes for a write to a pipe which nobody reads, without changing what the process does
/// with it.
private enum BlockedSignal {
  static func duringPipeWrite(_ write: () -> Int) -> Int {
    var (pipe, before, pending) = (sigset_t(), sigset_t(), sigset_t())
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    sigpending(&pending)
    let wasPending = sigismember(&pending, SIGPIPE) == 1
    pthread_sigmask(SIG_BLOCK, &pipe, &before)
    let count = write()
    let number = errno
    if count < 0, number == EPIPE, !wasPending {
      // The signal is for this thread, and pending: it is taken, so that nobody gets it.
      var signal: Int32 = 0
      sigpending(&pending)
      if sigismember(&pending, SIGPIPE) == 1 { sigwait(&pipe, &signal) }
    }
    pthread_sigmask(SIG_SETMASK, &before, nil)
    errno = number
    return count
  }
}
