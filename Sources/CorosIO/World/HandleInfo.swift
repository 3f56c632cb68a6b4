public import CorosKernel

/// What is known of one handle: a snapshot.
public struct HandleInfo: Hashable, Sendable {
  /// Which handle.
  public let handle: Handle
  /// What it leads to.
  public let kind: HandleKind
  /// Where to: the address of the other side, or the path.
  public let address: String
  /// How many bytes have come in by it.
  public let received: Int
  /// How many bytes have gone out by it.
  public let sent: Int
  /// The task with which it is closed; nil for the operator's.
  public let owner: TaskID?
  /// Who waits for it, in the order in which they began.
  public let waiters: [ObjectInfo.Party]
}

extension Scheduler {
  /// The handles that are open, in the order in which they were opened; O(n) in the objects.
  public var handles: [HandleInfo] {
    objects.compactMap { info in
      let object = Object<HandleState>(bits: info.id.bits)
      guard let state = value(of: object) else { return nil }
      return HandleInfo(
        handle: Handle(object: object, number: state.facts.number),
        kind: state.facts.kind,
        address: state.address,
        received: state.facts.received,
        sent: state.facts.sent,
        owner: bound(to: info.id),
        waiters: info.waiters
      )
    }
  }

  /// The most handles that may be open; nil while none has been.
  public var handleLimit: Int? {
    find(WorldState.self, named: WorldState.name).flatMap { value(of: $0)?.limit }
  }
}
