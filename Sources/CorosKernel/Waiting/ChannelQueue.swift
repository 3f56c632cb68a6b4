/// The tasks that wait on one channel, and their number.
///
/// The queue itself keeps no count: it is also the ready queue, where each step would pay for it.
struct ChannelQueue {
  fileprivate(set) var slots = SlotQueue()
  fileprivate(set) var count = 0
}

extension LinkTable {
  /// Puts a slot that stands in no queue of this table at the tail.
  mutating func append(_ slot: Slot, to queue: inout ChannelQueue) {
    append(slot, to: &queue.slots)
    queue.count += 1
  }

  /// Takes a slot out of the queue it stands in, wherever in the queue it is.
  mutating func remove(_ slot: Slot, from queue: inout ChannelQueue) {
    remove(slot, from: &queue.slots)
    queue.count -= 1
  }
}
