import CorosTestSupport
import Testing

@testable import CorosServer

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The number of open descriptors of this process.
func openDescriptors() -> Int {
  (0..<Int32(4_096)).count { fcntl($0, F_GETFD) != -1 }
}

/// Where sockets are, and that nobody else can use them.
@Suite(.timeLimit(.minutes(15))) struct SocketFolderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func serve(_ path: String, name: String = "lab") throws -> AttachServer {
    try AttachServer(name: name, in: SocketFolder(path), serving: ServedTwin())
  }

  private func mode(_ path: String) -> mode_t {
    var state = stat()
    return lstat(path, &state) == 0 ? state.st_mode & 0o777 : 0
  }

  @Test func `the folder and the socket belong to their user alone, whatever the mask`() throws {
    let mask = umask(0)
    defer { umask(mask) }
    let machine = ServedTwin()
    let place = SocketFolder(folder.path + "/coros")
    let server = try AttachServer(name: "lab", in: place, serving: machine)
    #expect(mode(folder.path + "/coros") == 0o700 && mode(server.path) == 0o600)
    // The mask itself is as it was.
    #expect(umask(0) == 0)
  }

  @Test(arguments: [0o777, 0o755, 0o710] as [mode_t])
  func `a folder that others can enter is refused`(_ mode: mode_t) throws {
    let path = folder.path + "/coros"
    mkdir(path, 0o700)
    chmod(path, mode)
    #expect(throws: AttachError.self) { try serve(path) }
  }

  @Test func `a link in place of the folder is refused`() throws {
    mkdir(folder.path + "/real", 0o700)
    symlink(folder.path + "/real", folder.path + "/coros")
    #expect(throws: AttachError.self) { try serve(folder.path + "/coros") }
  }

  @Test func `a socket that a killed machine has left is replaced`() throws {
    let machine = ServedTwin()
    let place = SocketFolder(folder.path + "/coros")
    try place.prepare()
    let descriptor = try UnixSocket.listen(at: place.socket(named: "lab"))
    // Closing does not remove it.
    close(descriptor)
    #expect(place.names == ["lab"])
    let server = try AttachServer(name: "other", in: place, serving: machine)
    #expect(place.names == ["other"])
    server.close()
    #expect(place.names.isEmpty)
  }

  @Test func `a machine that lives keeps its name, and a file keeps its place`() throws {
    let machine = ServedTwin()
    let place = SocketFolder(folder.path + "/coros")
    let server = try AttachServer(name: "lab", in: place, serving: machine)
    #expect(throws: AttachError.self) {
      try AttachServer(name: "lab", in: place, serving: machine)
    }
    #expect(place.names == ["lab"] && !server.serve(isRunning: false))
    folder.write("precious", to: "coros/note.sock")
    #expect(throws: AttachError.self) {
      try AttachServer(name: "note", in: place, serving: machine)
    }
    #expect(folder.read("coros/note.sock") == "precious")
  }

  @Test(arguments: ["", ".", "..", ".x", "a/b", "a b", "a\n", String(repeating: "n", count: 65)])
  func `what cannot be the name of a machine is refused`(_ name: String) {
    #expect(throws: AttachError.self) { try SocketFolder("/tmp").socket(named: name) }
  }

  @Test func `a path that is too long for a socket is refused with the way out`() {
    let deep = SocketFolder("/tmp/" + String(repeating: "d", count: 95))
    do throws(AttachError) {
      _ = try deep.socket(named: "lab")
      Issue.record("it was accepted")
    } catch {
      #expect(error.hint.contains("XDG_RUNTIME_DIR"))
    }
  }

  @Test func `the folder follows the environment`() {
    func path(_ variables: [String: String]) -> String {
      SocketFolder(environment: { variables[$0] }).path
    }
    #expect(path(["XDG_RUNTIME_DIR": "/run/user/7"]) == "/run/user/7/coros")
    #expect(
      path(["XDG_RUNTIME_DIR": "run", "TMPDIR": "/var/tmp"]) == "/var/tmp/coros-\(geteuid())"
    )
    #expect(path([:]) == "/tmp/coros-\(geteuid())")
  }
}
