package import CorosLanguage
import CorosSession

/// The steppers of those who are attached from other terminals.
///
/// Each of them has a model here, beside the machine, and draws the states that it answers with: so everybody has a
/// size, a selection and a page of their own, and keys mean what they mean at the machine. The other way round, with
/// the model at the other terminal, each key would need several requests, and the machine would have to judge each.
/// Here it judges keys as it judges lines, and believes nothing: who does not drive moves nothing, whatever is sent.
///
/// The machine runs by itself only for as long as somebody asks for one slice after the other. So it stands still when
/// they leave, and waits for nobody.
package final class GuestSteppers {
  private var models: [Int: StepperModel] = [:]

  package init() {}

  /// Whether somebody has a stepper.
  package func isOpen(for client: Int) -> Bool { models[client] != nil }

  /// Ends the stepper of somebody; does nothing if they have none.
  package func close(for client: Int) { models.removeValue(forKey: client)?.close() }

  /// Ends all steppers.
  package func closeAll() {
    for client in models.keys { close(for: client) }
  }

  /// Does what somebody wants of their stepper, and opens it for the first request.
  ///
  /// - Parameters:
  ///   - json: What is wanted, as `StepperRequest` reads it.
  ///   - client: Who wants it.
  ///   - mayChange: Whether they drive.
  ///   - isRunning: Whether a command is running at this moment.
  ///   - shell: The shell of the machine.
  /// - Returns: The state to draw and, where the machine is to run on by itself, after how many milliseconds; nil if
  ///   the answer has to wait until the command that runs has ended.
  package func answer(
    _ json: JSON,
    from client: Int,
    mayChange: Bool,
    isRunning: Bool,
    in shell: Shell
  ) -> GuestAnswer? {
    guard let request = StepperRequest(json) else {
      let error: JSON = ["error": "this is nothing that a stepper does", "hint": ""]
      return GuestAnswer(frames: [error], status: 2)
    }
    if request.act == .close {
      close(for: client)
      return GuestAnswer(frames: [], status: 0)
    }
    let model =
      models[client]
      ?? StepperModel(shell, for: .guest(isUnicode: request.isUnicode), isMidRun: isRunning)
    models[client] = model
    (model.mayChange, model.isMidRun) = (mayChange, isRunning)
    if isRunning, hasToWait(request.act, model) { return nil }
    let next = perform(request, model, shell)
    let view = draw(request, model)
    let frame: JSON = [
      "stepper": view.state.json(for: view), "after": next.map { .int($0) } ?? .null,
      "finished": .bool(model.isFinished),
    ]
    let wish = model.wish
    model.wish = nil
    if model.isFinished { close(for: client) }
    return GuestAnswer(frames: [frame], status: 0, wish: wish)
  }

  private func draw(_ request: StepperRequest, _ model: StepperModel) -> StepperView {
    let (width, height) = (request.width, request.height)
    if request.act == .look, let past = model.pastView(width: width, height: height) { return past }
    var view: StepperView?
    model.atLookedTick { view = model.show(width: width, height: height) }
    return view ?? model.show(width: width, height: height)
  }

  private func hasToWait(_ act: StepperRequest.Act, _ model: StepperModel) -> Bool {
    switch act {
    case .look, .close: return false
    case .slice: return model.run != nil && model.mayChange
    case .key(let key):
      let need = model.need(of: key)
      // What is refused need not wait.
      return need != .present && (need != .changing || model.mayChange)
    }
  }

  /// - Returns: After how many milliseconds the machine is to run on by itself; nil if it is not.
  private func perform(
    _ request: StepperRequest,
    _ model: StepperModel,
    _ shell: Shell
  ) -> Int? {
    var next = LiveNext.never
    // What tasks write is on the page, and what commands of breakpoints do is not done at the machine's own terminal.
    let (host, exit) = (GuestHost(of: shell.host, width: max(20, request.width)), shell.exitStatus)
    _ = shell.exchangingConsole(for: host, shell.guestSettings) {
      switch request.act {
      case .look, .close: break
      case .key(let key) where model.isAboutWhatIsSeen(key): model.atLookedTick { model.press(key) }
      case .key(let key): model.press(key)
      case .slice: next = model.runSlice(nanoseconds: shell.host.nanoseconds)
      }
    }
    shell.exitStatus = exit
    guard model.run != nil else { return nil }
    if case .after(let milliseconds) = next { return milliseconds }
    return 0
  }
}
