import CorosKernel

/// Which calls that would wait are put off until they need not wait.
///
/// A task whose call is put off stands in no queue. That is the same for all others only as long as nothing depends on
/// who stands in queues, since when, and for how many steps.
struct Postponing: Equatable {
  /// Whether any are.
  var isOn: Bool
  /// The objects for which calls wait all the same, since for some calls there is no other way.
  var exceptions: Set<ObjectID> = []

  /// Whether a call that touches some resources may have been put off.
  func concerns(_ footprint: Footprint, _ listener: FootprintObserver) -> Bool {
    guard isOn, !exceptions.isEmpty else { return isOn }
    return !footprint.touches { resource in
      if case .object(let object) = listener.resources[Int(resource)] {
        exceptions.contains(object)
      } else {
        false
      }
    }
  }
}

/// Notes what tasks do that would tell a call which waits from one that is put off.
///
/// An object where all who wait may as well try later is safe. One is not where somebody has to stand in its queue: who
/// waits for a condition, for one of several things, or to meet another task. No object is safe once a task stops,
/// kills or cancels another, a timer runs, or the clock is read: a call that waits is a step, and takes time.
struct WaitCheck {
  /// What has to be changed, and then all be tried again; nil as long as all is well.
  private(set) var remedy: Postponing?
  private let given: Postponing
  /// How each resource is waited for.
  private var uses: ContiguousArray<UInt8> = []
  private static let tries: UInt8 = 1
  private static let queues: UInt8 = 2

  init(_ given: Postponing) { self.given = given }

  /// Takes in a step, or a call that is put off.
  ///
  /// - Parameters:
  ///   - footprint: what it touches.
  ///   - isAttempt: whether its call is one that may be put off.
  ///   - listener: what it was told of the step.
  mutating func note(_ footprint: Footprint, isAttempt: Bool, _ listener: FootprintObserver) {
    if footprint.isTimed || listener.ordersOthers { remedy = Postponing(isOn: false) }
    if isAttempt {
      for resource in footprint.changes { note(resource, Self.tries, listener) }
      for resource in footprint.reads { note(resource, Self.tries, listener) }
    }
    for object in listener.queues {
      note(listener.number(of: .object(object)), Self.queues, listener)
    }
  }

  private mutating func note(_ resource: Int32, _ use: UInt8, _ listener: FootprintObserver) {
    let place = Int(resource)
    while uses.count <= place { uses.append(0) }
    if uses[place] & use != 0 { return }
    uses[place] |= use
    guard uses[place] == Self.tries | Self.queues,
      case .object(let object) = listener.resources[place], !given.exceptions.contains(object)
    else { return }
    var changed = remedy ?? given
    changed.exceptions.insert(object)
    remedy = changed
  }
}
