/// An observer whose memory goes back and forward in time with the machine that it observes.
///
/// A `TimeMachine` copies the memory now and then. When it goes to another moment, it gives the recorder a copy
/// from before that moment and replays the rest for it: afterwards the recorder knows what it knew then, and
/// nothing of what came later. A plain observer is told nothing on the way.
///
/// The numbers of replayed events may differ: they depend on the other observers.
public protocol Recorder: Observer {
  /// What it knows: a value, independent of the recorder once it is copied.
  associatedtype Memory

  /// All that it has kept.
  var memory: Memory { get set }

  /// About how many values a copy of the memory holds, if they may be many.
  ///
  /// The larger it is, the less often it is copied.
  var memorySize: Int { get }
}

extension Recorder {
  /// Not many.
  public var memorySize: Int { 0 }

  /// Restores a copy of the memory.
  package func recall(_ memory: Any) {
    if let memory = memory as? Memory { self.memory = memory }
  }
}
