#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The system's calls for sockets that have a path; all descriptors are non-blocking, and closed by `exec`.
enum UnixSocket {
  /// Makes a socket that listens at a path and that nobody else can open, from its first moment on.
  ///
  /// - Returns: Its descriptor.
  /// - Throws: `AttachError` when another process listens there, or the system refuses.
  static func listen(at path: String) throws(AttachError) -> Int32 {
    removeStale(path)
    var state = stat()
    guard lstat(path, &state) != 0 else {
      guard state.st_mode & S_IFMT == S_IFSOCK else {
        throw AttachError(
          "\(path) is no socket, and in the way",
          hint: "remove it, or choose another name: `coros --attach NAME`"
        )
      }
      throw AttachError(
        "another machine is served at \(path)",
        hint: "choose another name: `coros --attach NAME`"
      )
    }
    let descriptor = try make()
    let mask = umask(0o177)
    let result = withAddress(of: path) { bind(descriptor, $0, $1) }
    let reason = errno
    umask(mask)
    guard result == 0, systemListen(descriptor, 16) == 0 else {
      let why = String(cString: strerror(result == 0 ? errno : reason))
      close(descriptor)
      throw AttachError("cannot listen at \(path): \(why)")
    }
    return descriptor
  }

  /// Connects to a path.
  static func connect(to path: String) throws(AttachError) -> Int32 {
    let descriptor = try make()
    let result = withAddress(of: path) { systemConnect(descriptor, $0, $1) }
    guard result == 0 else {
      let why = String(cString: strerror(errno))
      close(descriptor)
      throw AttachError("cannot reach \(path): \(why)")
    }
    return descriptor
  }

  /// Accepts a connection; nil when there is none, or it is not of this user or the system's administrator.
  static func accept(_ listener: Int32) -> Int32? {
    let descriptor = systemAccept(listener, nil, nil)
    guard descriptor >= 0 else { return nil }
    prepare(descriptor)
    guard let user = user(behind: descriptor), user == geteuid() || user == 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  /// Removes a socket of ours at which nobody listens; leaves everything else alone.
  static func removeStale(_ path: String) {
    var state = stat()
    guard lstat(path, &state) == 0, state.st_mode & S_IFMT == S_IFSOCK, state.st_uid == geteuid(),
      let descriptor = try? make()
    else { return }
    defer { close(descriptor) }
    let result = withAddress(of: path) { systemConnect(descriptor, $0, $1) }
    if result != 0, errno == ECONNREFUSED { unlink(path) }
  }

  private static func make() throws(AttachError) -> Int32 {
    #if canImport(Glibc)
      let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else {
      throw AttachError("there is no socket: \(String(cString: strerror(errno)))")
    }
    prepare(descriptor)
    return descriptor
  }

  private static func prepare(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    #if canImport(Darwin)
      var yes: Int32 = 1
      setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
    #endif
  }

  /// The user of the process at the other end.
  private static func user(behind descriptor: Int32) -> uid_t? {
    #if canImport(Glibc)
      // `struct ucred`, which the system's module leaves out: process, user, group.
      var credentials: (pid_t, uid_t, gid_t) = (0, 0, 0)
      var size = socklen_t(MemoryLayout.size(ofValue: credentials))
      let result = getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size)
      return result == 0 ? credentials.1 : nil
    #else
      var user = uid_t()
      var group = gid_t()
      return getpeereid(descriptor, &user, &group) == 0 ? user : nil
    #endif
  }

  private static func withAddress(
    of path: String,
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) {
      $0.copyBytes(from: path.utf8.prefix($0.count - 1))
    }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}

// Inside the type, the names of these functions mean its own.
private func systemListen(_ descriptor: Int32, _ backlog: Int32) -> Int32 {
  listen(descriptor, backlog)
}
private func systemConnect(
  _ descriptor: Int32,
  _ address: UnsafePointer<sockaddr>,
  _ size: socklen_t
) -> Int32 { connect(descriptor, address, size) }
private func systemAccept(
  _ descriptor: Int32,
  _ address: UnsafeMutablePointer<sockaddr>?,
  _ size: UnsafeMutablePointer<socklen_t>?
) -> Int32 { accept(descriptor, address, size) }
