#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The folder of the sockets of this user, which nobody else can enter.
package struct SocketFolder: Sendable {
  package let path: String

  /// The longest path of a socket, in bytes: a little less than every system allows.
  private static let longest = 100

  /// A folder that need not exist yet.
  package init(_ path: String) { self.path = path }

  /// The folder of this user: in `XDG_RUNTIME_DIR`, else in `TMPDIR`.
  ///
  /// - Parameter variable: Reads a variable of the environment.
  package init(environment variable: (String) -> String?) {
    if let runtime = variable("XDG_RUNTIME_DIR"), runtime.hasPrefix("/") {
      path = runtime + "/coros"
    } else {
      let temporary = variable("TMPDIR").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
      path = "\(temporary)/coros-\(geteuid())"
    }
  }

  /// The path of the socket of a name.
  ///
  /// - Throws: `AttachError` when the name cannot be that of a file, or the path is too long.
  package func socket(named name: String) throws(AttachError) -> String {
    let isName = !name.isEmpty && !name.hasPrefix(".") && name.utf8.count <= 64
    guard isName, name.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") })
    else {
      throw AttachError(
        "a machine cannot have this name",
        hint: "up to 64 characters without spaces and slashes, and no period at the beginning"
      )
    }
    let socket = "\(path)/\(name).sock"
    guard socket.utf8.count <= Self.longest else {
      throw AttachError(
        "the path of the socket is longer than \(Self.longest) bytes: \(socket)",
        hint: "use a shorter name, or set XDG_RUNTIME_DIR to a shorter path"
      )
    }
    return socket
  }

  /// Makes the folder if there is none, and makes sure that nobody else can use it.
  ///
  /// - Throws: `AttachError` when it belongs to someone else, others can enter it, or it is a link.
  package func prepare() throws(AttachError) {
    if mkdir(path, 0o700) != 0, errno != EEXIST {
      throw AttachError(
        "cannot make the folder \(path): \(String(cString: strerror(errno)))",
        hint: "set XDG_RUNTIME_DIR to a folder of your own"
      )
    }
    try check()
  }

  /// Makes sure that nobody else can use the folder.
  ///
  /// - Throws: `AttachError` as in `prepare()`, and when there is none.
  package func check() throws(AttachError) {
    var state = stat()
    guard lstat(path, &state) == 0 else {
      throw AttachError("there is no folder \(path)", hint: "no machine has been served here")
    }
    guard state.st_mode & S_IFMT == S_IFDIR, state.st_uid == geteuid(), state.st_mode & 0o077 == 0
    else {
      throw AttachError(
        "the folder \(path) is not yours alone",
        hint: "remove it, or set XDG_RUNTIME_DIR to a folder of your own with mode 700"
      )
    }
  }

  /// Removes the sockets at which nobody listens any more: of machines that were killed.
  func removeStale() {
    for name in names {
      if let path = try? socket(named: name) { UnixSocket.removeStale(path) }
    }
  }

  /// The names of the sockets in the folder, in order.
  package var names: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".sock") { names.append(String(name.dropLast(".sock".count))) }
    }
    return names.sorted()
  }
}
