/// An observer whose memory travels with the machine that it observes.
///
/// A `TimeMachine` copies the memory now and then. When it goes back it gives the recorder what it knew at
/// some moment before, and has it observe the rest once more: afterwards the recorder knows what it knew
/// then, and nothing of what came later. A plain observer hears nothing of the journey.
///
/// The numbers of events are not kept by a journey: they depend on who else listens.
public protocol Recorder: Observer {
  /// What it knows: a value, independent of the recorder once it is copied.
  associatedtype Memory

  /// All that it has taken in.
  var memory: Memory { get set }

  /// About how many values a copy of the memory holds, if they may be very many.
  ///
  /// It is copied the less often.
  var memorySize: Int { get }
}

extension Recorder {
  /// Not many.
  public var memorySize: Int { 0 }

  /// Knows again what it knew when the memory was copied.
  package func recall(_ memory: Any) {
    if let memory = memory as? Memory { self.memory = memory }
  }
}
