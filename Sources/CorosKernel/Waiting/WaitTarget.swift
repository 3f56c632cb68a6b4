/// What a blocked task waits for, as its ticket has it: objects without their names, which the kernel looks up for those
/// who read them.
///
/// Tasks that share something wait at nearly every step, and to copy a name at each takes longer than to find the
/// object.
enum WaitTarget: Hashable {
  case task(TaskID)
  case anyChild
  case time
  case io
  case arrival
  case channel(WaitChannel)
  case object(ObjectID, mode: UInt8)
  case anyOf([ObjectPlace])
  case outside

  init(_ reason: WaitReason) {
    self =
      switch reason {
      case .task(let target): .task(target)
      case .anyChild: .anyChild
      case .time: .time
      case .io: .io
      case .arrival: .arrival
      case .channel(let channel): .channel(channel)
      case .object(let place): .object(place.object, mode: place.mode)
      case .anyOf(let places): .anyOf(places)
      case .outside: .outside
      }
  }
}
