import CorosTestSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A home of its own, with the folder in which machines of a test can be attached to.
struct AttachHome {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    mkdir(folder.path + "/run", 0o700)
  }

  var path: String { folder.path }

  /// The environment of machines, and of those who attach to them.
  var environment: [String: String] {
    ["XDG_RUNTIME_DIR": path + "/run", "HOME": path, "NO_COLOR": "1"]
  }
}
