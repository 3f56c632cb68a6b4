/// Where blocked tasks stand: in queues, and with a timer when they have a deadline.
struct WaitQueues {
  /// The links of the queues, those at the control blocks included.
  var links = LinkTable()
  var channels: [WaitChannel: ChannelQueue] = [:]
  var timers = TimerQueue()
  var devices = DeviceUse()
  /// The number of the wait that began last.
  var lastNumber = 0

  /// Becomes the same as others.
  mutating func become(_ other: WaitQueues) {
    links.become(other.links)
    renew(&channels, from: other.channels)
    timers.become(other.timers)
    devices = other.devices
    lastNumber = other.lastNumber
  }
}
