#if canImport(Glibc) || canImport(Musl)
  import CEpoll
  #if canImport(Glibc)
    import Glibc
  #else
    import Musl
  #endif

  /// Watches descriptors, each from when it is opened until it is closed: by epoll.
  final class Poller {
    /// Whether what has come for a socket since its last bytes were taken is told of once more.
    static let tellsAgain = true
    /// Something else has come than bytes: an end, an error, or an urgent byte, at which what is taken stops short.
    static let isSpecial: UInt8 = 4

    private let descriptor: Int32
    @exclusivity(unchecked) private var events = [epoll_event](repeating: epoll_event(), count: 256)

    init() throws(SystemNumber) {
      descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
      if descriptor < 0 { throw SystemNumber(value: errno) }
    }

    deinit { close(descriptor) }

    /// Watches a descriptor.
    ///
    /// - Returns: 0, or the number of the error.
    func watch(_ other: Int32, _ key: Int) -> Int32 {
      coros_epoll_watch(descriptor, other, UInt64(key)) == 0 ? 0 : errno
    }

    /// Ends the watch over a copy of a descriptor that lives on: closing the copy alone would not.
    func forget(_ copy: Int32) { coros_epoll_forget(descriptor, copy) }

    /// Says for which keys something has come: the directions, and whether it is special.
    func collect(milliseconds: Int) -> [(key: Int, kinds: UInt8)] {
      let count = epoll_wait(descriptor, &events, Int32(events.count), Int32(milliseconds))
      guard count > 0 else { return [] }
      return events.prefix(Int(count)).map { event in
        var event = event
        var kinds: UInt8 = 0
        if coros_epoll_may_read(&event) != 0 { kinds |= Direction.read.rawValue }
        if coros_epoll_may_write(&event) != 0 { kinds |= Direction.write.rawValue }
        if coros_epoll_is_special(&event) != 0 { kinds |= Self.isSpecial }
        return (Int(coros_epoll_key(&event)), kinds)
      }
    }
  }
#elseif canImport(Darwin)
  import Darwin

  /// Watches descriptors, each from when it is opened until it is closed: by kqueue.
  final class Poller {
    /// That is not known here, so each attempt is made.
    static let tellsAgain = false
    /// Nothing is called special here.
    static let isSpecial: UInt8 = 4

    private let descriptor: Int32
    @exclusivity(unchecked) private var events = [kevent](repeating: kevent(), count: 256)

    init() throws(SystemNumber) {
      descriptor = kqueue()
      if descriptor < 0 { throw SystemNumber(value: errno) }
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(descriptor) }

    /// Watches a descriptor.
    ///
    /// - Returns: 0, or the number of the error; EPERM for what never has to be waited for. `/dev/tty`, which has to be
    ///   waited for and cannot be watched here, is refused; the terminal has another name that can: `/dev/ttys001`.
    func watch(_ other: Int32, _ key: Int) -> Int32 {
      var status = stat()
      if fstat(other, &status) == 0,
        status.st_mode & S_IFMT == S_IFREG || status.st_mode & S_IFMT == S_IFDIR
      {
        return EPERM
      }
      var isWatched = false
      for filter in [EVFILT_READ, EVFILT_WRITE] {
        var change = kevent(
          ident: UInt(other),
          filter: Int16(filter),
          flags: UInt16(EV_ADD | EV_CLEAR),
          fflags: 0,
          data: 0,
          udata: UnsafeMutableRawPointer(bitPattern: key)
        )
        if kevent(descriptor, &change, 1, nil, 0, nil) == 0 { isWatched = true }
      }
      return isWatched ? 0 : isatty(other) == 1 ? ENOTSUP : EPERM
    }

    /// Nothing: here a watch ends with its descriptor, whatever copies there are.
    func forget(_ copy: Int32) {}

    /// Says for which keys something has come.
    func collect(milliseconds: Int) -> [(key: Int, kinds: UInt8)] {
      var time = timespec(tv_sec: milliseconds / 1_000, tv_nsec: milliseconds % 1_000 * 1_000_000)
      let count = kevent(descriptor, nil, 0, &events, Int32(events.count), &time)
      guard count > 0 else { return [] }
      return events.prefix(Int(count)).map { event in
        let isEnd = event.flags & UInt16(EV_EOF | EV_ERROR) != 0
        let kinds: Direction = event.filter == Int16(EVFILT_READ) ? .read : .write
        return (Int(bitPattern: event.udata), isEnd ? 3 : kinds.rawValue)
      }
    }
  }
#endif
