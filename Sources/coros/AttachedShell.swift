import CorosLanguage
import CorosServer
import CorosShell
import CorosTerminal

/// A shell as other terminals see it.
final class AttachedShell: ServedMachine, AttachDesk, WatchedDescriptors {
  private let shell: Shell
  private let host: any ShellHost
  let hasOwner: Bool
  let name: String
  private var server: AttachServer?
  private(set) var refusal: String?
  private var reporter: GuestReporter?
  private let steppers = GuestSteppers()

  /// Serves a shell; when that cannot be done, `refusal` says why.
  ///
  /// - Parameters:
  ///   - shell: The shell.
  ///   - name: The name of the machine.
  ///   - host: The terminal of the machine itself.
  ///   - hasOwner: Whether a person sits there.
  init(_ shell: Shell, name: String, host: any ShellHost, hasOwner: Bool) {
    self.shell = shell
    self.host = host
    self.name = name
    self.hasOwner = hasOwner
    do throws(AttachError) {
      let folder = SocketFolder(environment: environmentVariable)
      server = try AttachServer(name: name, in: folder, serving: self)
    } catch {
      refusal = error.hint.isEmpty ? error.message : "\(error.message); \(error.hint)"
    }
    shell.visitors = self
  }

  /// Lets everybody go.
  func close() {
    server?.close()
    server = nil
  }

  // MARK: What is served

  var place: (tick: Int, moment: Int) { shell.position }
  var standing: Int { shell.standing }
  var isRunningByItself: Bool { shell.pace != nil }

  func offer(to line: String, cursor: Int) -> JSON { shell.offer(to: line, cursor: cursor) }

  func answer(_ request: AttachRequest) -> AttachAnswer {
    if let stepper = request.stepper { return answer(stepper, request) }
    if request.mayChange, !request.isRunning, hasOwner, shell.changes(request.line) {
      tellOwner("process \(request.pid): \(excerpt(of: request.line, limit: 70))")
    }
    let line = GuestLine(
      request.line,
      look: request.text,
      mayChange: request.mayChange,
      isRunning: request.isRunning,
      hasScreen: request.hasScreen
    )
    guard let answer = shell.answer(line) else { return .later }
    return .done(answer.frames, status: answer.status)
  }

  private func answer(_ stepper: JSON, _ request: AttachRequest) -> AttachAnswer {
    if request.mayChange, hasOwner, !steppers.isOpen(for: request.client) {
      tellOwner("process \(request.pid): stepper")
    }
    let answer = steppers.answer(
      stepper,
      from: request.client,
      mayChange: request.mayChange,
      isRunning: request.isRunning,
      in: shell
    )
    guard let answer else { return .later }
    return .done(answer.frames, status: answer.status, wish: answer.wish)
  }

  func forget(client: Int) { steppers.close(for: client) }

  func tellOwner(_ text: String) { host.notify("attach: \(text)") }

  func report(output: Bool, events: Bool) {
    if reporter == nil {
      reporter = GuestReporter(
        onOutput: { [weak self] task, text in self?.server?.tell(output: text, by: task) },
        onEvent: { [weak self] event in self?.server?.tell(event: event) }
      )
    }
    reporter?.report(output: output, events: events, from: shell)
  }

  // MARK: The desk

  var socket: String? { server?.path }
  var driver: Int? { server?.driverPID }
  var attached: [(pid: Int, role: String)] { server?.attached ?? [] }
  func decide(allows: Bool) -> Int? { server?.decide(allows: allows) }
  func takeBack() { server?.takeBack() }

  func turnOff() {
    close()
    refusal = "`attach off` has ended it"
  }

  // MARK: Waiting

  var descriptors: [(descriptor: Int32, isReceiving: Bool, isSending: Bool)] {
    server?.descriptors ?? []
  }
  var timeout: Int32? { server?.timeout }
  var isOver: Bool { false }
  func serve() { server?.serve(isRunning: false) }
  func passOn() { server?.tellPlace(isRunning: isRunningByItself) }
  func serve(isRunning: Bool) -> Bool { server?.serve(isRunning: isRunning) ?? false }
}
