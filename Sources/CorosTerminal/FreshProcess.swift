#if canImport(Glibc)
  package import Glibc
#else
  package import Darwin
#endif

/// Starts other programs with the signals as a fresh process has them, whatever this one does with its own.
package enum FreshProcess {
  #if canImport(Glibc)
    package typealias Actions = posix_spawn_file_actions_t
  #else
    package typealias Actions = posix_spawn_file_actions_t?
  #endif

  /// Starts a program; does not wait for it.
  ///
  /// - Parameters:
  ///   - path: The path of the program.
  ///   - words: Its name and arguments.
  ///   - process: The process, if it starts.
  ///   - prepare: Says what becomes of its descriptors.
  /// - Returns: 0, or an error number.
  package static func spawn(
    _ path: String,
    _ words: [String],
    _ process: inout pid_t,
    _ prepare: (inout Actions) -> Void
  ) -> Int32 {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    prepare(&actions)
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK)
    )
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    return posix_spawn(&process, path, &actions, &attributes, &arguments, environ)
  }
}
