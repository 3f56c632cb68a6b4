/// Those who wait on one channel, and how many they are.
///
/// The queue itself keeps no count: it is also the ready queue, where each step would pay for it.
struct ChannelQueue {
  var slots = SlotQueue()
  var count = 0
}
