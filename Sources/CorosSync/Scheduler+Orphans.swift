package import CorosKernel

extension Scheduler {
  /// The locks whose last owner ended without giving them back, with that owner.
  ///
  /// A lock stays among them until somebody who has taken it gives it back. Of an rwlock only a writer is an
  /// owner. O(n).
  package var orphans: [(name: String, owner: TaskID)] {
    objects.compactMap { object in lastOwner(of: object).map { (object.name, $0) } }
  }

  private func lastOwner(of object: ObjectInfo) -> TaskID? {
    switch object.kind {
    case MutexState.kind:
      find(MutexState.self, named: object.name).flatMap { value(of: $0) }?.lostOwner
    case RWLockState.kind:
      find(RWLockState.self, named: object.name).flatMap { value(of: $0) }?.lostOwner
    default: nil
    }
  }
}

extension MutexState {
  fileprivate var lostOwner: TaskID? { untold ?? told }
}

extension RWLockState {
  fileprivate var lostOwner: TaskID? { untold ?? told }
}
