/// The observers of a scheduler in the order in which they are told, each with what it wants to be told.
///
/// It never changes, so all that it names are told of an event even if some are added or removed meanwhile. And
/// it is a list, not an array: on the way along it no reference is counted, which would cost more than the
/// telling.
final class Audience {
  private let observer: any Observer
  private let wishes: Event.Kinds
  private let rest: Audience?

  private init(_ observer: any Observer, before rest: Audience?) {
    self.observer = observer
    wishes = observer.interests
    self.rest = rest
  }

  /// Asks some observers what they want to be told.
  ///
  /// - Parameters:
  ///   - observers: in the order in which they are told.
  ///   - kinds: the kinds of events of which the others want none.
  /// - Returns: those that want some; nil when there is none.
  static func of(_ observers: [any Observer], wanting kinds: Event.Kinds) -> Audience? {
    observers.reversed().reduce(nil) { rest, observer in
      observer.interests.isDisjoint(with: kinds) ? rest : Audience(observer, before: rest)
    }
  }

  /// Tells those that want to know.
  func tell(_ event: Event, of kind: Event.Kinds, in scheduler: Scheduler) {
    if !wishes.isDisjoint(with: kind) {
      observer.observe(event)
      noteWishes(in: scheduler)
    }
    rest?.tell(event, of: kind, in: scheduler)
  }

  /// Tells all of a dispatch: all here must want that.
  func tellDispatch(of task: TaskID, at tick: Tick, number: Int, in scheduler: Scheduler) {
    observer.observeDispatch(of: task, at: tick, number: number)
    noteWishes(in: scheduler)
    rest?.tellDispatch(of: task, at: tick, number: number, in: scheduler)
  }

  /// The event may have changed what the observer wants.
  @inline(__always)
  private func noteWishes(in scheduler: Scheduler) {
    if observer.interests != wishes { scheduler.updateInterests() }
  }
}
