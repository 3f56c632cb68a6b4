extension Shell {
  /// Runs commands whose results go to another host; afterwards all goes where it went before.
  ///
  /// - Parameters:
  ///   - host: The host.
  ///   - settings: How the results look there.
  ///   - body: The commands.
  /// - Returns: Whether they failed; what they have printed has reached the host.
  func exchangingConsole(
    for host: any ShellHost,
    _ settings: Settings,
    _ body: () throws(CommandFailure) -> Void
  ) -> Swift.Result<Void, CommandFailure> {
    monitor.flush()
    let outer = console
    outer.output.flush()
    console = Console(host: host, settings: settings)
    defer { console = outer }
    let result: Swift.Result<Void, CommandFailure>
    do throws(CommandFailure) {
      try body()
      result = .success(())
    } catch {
      result = .failure(error)
    }
    monitor.flush()
    console.output.flush()
    return result
  }
}
