extension Trap {
  /// The system call that it makes, in either form; nil when it makes none.
  public var systemCall: (any SystemCall)? {
    switch self {
    case .call(let call): call
    case .short(let call): call == .yield ? Yield() : Compute()
    case .returned, .threw, .escaped: nil
    }
  }
}
