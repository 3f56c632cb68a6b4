#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

#if canImport(Glibc)
  typealias FileActions = posix_spawn_file_actions_t
#else
  typealias FileActions = posix_spawn_file_actions_t?
#endif

/// Starts a process with exactly the given environment.
///
/// Its signals have their default actions, whatever they are in the test's own process.
func spawnProcess(
  _ executable: String,
  _ arguments: [String],
  _ variables: [String: String],
  inNewSession: Bool,
  descriptors: (inout FileActions) -> Void
) throws -> pid_t {
  #if canImport(Glibc)
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    // <spawn.h> declares this flag only with the GNU extensions.
    let newSession: Int32 = 0x80
  #else
    var actions: posix_spawn_file_actions_t?
    var attributes: posix_spawnattr_t?
    let newSession = Int32(POSIX_SPAWN_SETSID)
  #endif
  posix_spawn_file_actions_init(&actions)
  posix_spawnattr_init(&attributes)
  defer {
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
  }
  descriptors(&actions)
  var all = sigset_t()
  var none = sigset_t()
  sigfillset(&all)
  sigemptyset(&none)
  posix_spawnattr_setsigdefault(&attributes, &all)
  posix_spawnattr_setsigmask(&attributes, &none)
  var flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
  if inNewSession { flags |= newSession }
  posix_spawnattr_setflags(&attributes, Int16(flags))

  let environment = variables.map { "\($0.key)=\($0.value)" }
  var process: pid_t = 0
  let code = withCStrings([executable] + arguments) { arguments in
    withCStrings(environment) { environment in
      posix_spawn(&process, executable, &actions, &attributes, arguments, environment)
    }
  }
  guard code == 0 else {
    let reason = String(cString: strerror(code))
    throw PseudoTerminal.StartError(description: "cannot start \(executable): \(reason)")
  }
  return process
}

private func withCStrings<Result>(
  _ strings: [String],
  _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}
