import CorosExplore
import CorosHistory
import CorosLanguage
package import CorosSession

/// What becomes of the tasks of a scene, whichever of them goes on at each step.
package struct SceneReview {
  /// What goes wrong, in a sentence; nil if nothing does.
  package let fault: String?
  /// The values with which its runs end, of the names that count.
  package let finals: Set<String>

  /// The most steps of one scene, and the most states: more than any lesson needs, and soon reached.
  private static let mostSteps = 200_000
  private static let mostStates = 40_000

  /// Tries every schedule.
  ///
  /// - Parameters:
  ///   - session: A machine with the tasks of the scene.
  ///   - names: The shared names whose values count.
  ///   - never: What must not hold after any step.
  ///   - stop: Asked now and then; true gives up.
  /// - Throws: `LessonReproach`, if the answer cannot be found.
  package init(
    of session: Session,
    comparing names: [String],
    forbidding never: [MachineExpression],
    unless stop: @escaping () -> Bool
  ) throws(LessonReproach) {
    var order = Self.order
    order.never = never
    order.forbidsOrphans = true
    let found = try Self.explore(session, order, stop)
    if let failure = found.failures.first {
      fault = "\(failure.text), after the choices \(Self.choices(failure))"
    } else if found.cannotEnd != nil {
      fault = "there is a state from which the tasks cannot all end"
    } else if found.stopped == .exhausted, found.unfinished == 0 {
      fault = nil
    } else {
      throw LessonReproach(
        found.stopped == .interrupted
          ? "the check was interrupted"
          : "it has more states than can be tried here; make it shorter, or its loops"
      )
    }
    finals = Set((found.finals ?? [:]).keys.map { Self.values($0, names) })
  }

  /// Whether a condition holds somewhere, in whatever schedule.
  package static func isPossible(
    _ condition: MachineExpression,
    for session: Session,
    unless stop: @escaping () -> Bool
  ) throws(LessonReproach) -> Bool {
    var order = Self.order
    // What must never hold, and does, is a failure: so it is found.
    order.never = [condition]
    order.ignored = [.deadlock, .failed, .check, .livelock]
    return try explore(session, order, stop).failures.contains { $0.kind == .always }
  }

  private static var order: ExplorationOrder {
    var order = ExplorationOrder()
    order.strategy = .states
    order.limits.steps = mostSteps
    order.limits.states = mostStates
    order.limits.finals = true
    return order
  }

  private static func explore(
    _ session: Session,
    _ order: ExplorationOrder,
    _ stop: @escaping () -> Bool
  ) throws(LessonReproach) -> Exploration {
    do throws(RequestFailure) {
      return try session.explore(order) { _ in stop() ? .interrupted : nil }
    } catch {
      if case .refused(let message) = error { throw LessonReproach(message) }
      throw LessonReproach("the tasks cannot be tried in every order")
    }
  }

  /// The choices of a failing schedule: the last part of the word.
  private static func choices(_ failure: FoundFailure) -> String {
    String(failure.schedule.description.split(separator: "@").last ?? "")
  }

  /// Some of the values, in the order of their names.
  private static func values(_ json: String, _ names: [String]) -> String {
    guard case .object(let members)? = JSON(parsing: json) else { return json }
    return names.sorted().compactMap { name in
      members.first { $0.0 == name }.map { "\(name) = \($0.1.text)" }
    }.joined(separator: ", ")
  }
}
