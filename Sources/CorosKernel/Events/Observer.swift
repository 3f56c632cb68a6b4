/// Something that is told what happens in a scheduler.
///
/// Observers are called on the scheduler's thread, in the order in which they were added, in the middle of a
/// step: an observer keeps or shows what it is told, and must not call the scheduler.
public protocol Observer: AnyObject {
  /// The kinds of events wanted; the scheduler makes no other event for it.
  ///
  /// They may change with an event, and then hold from the next one on.
  var interests: Event.Kinds { get }

  /// Takes in one event.
  func observe(_ event: Event)
}
