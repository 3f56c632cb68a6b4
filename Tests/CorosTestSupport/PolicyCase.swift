package import CorosKernel

/// A policy for tests, as the user would type it.
package struct PolicyCase: Sendable, CustomStringConvertible {
  package let description: String
  package let make: @Sendable () -> any SchedulingPolicy

  package init(_ make: @escaping @Sendable () -> any SchedulingPolicy) {
    self.make = make
    description = make().description
  }

  /// Each policy that chooses tasks by itself, with each of its settings.
  package static let all: [PolicyCase] = [
    PolicyCase { RoundRobin() },
    PolicyCase { RoundRobin(quantum: 3) },
    PolicyCase { RoundRobinAfterArrivals() },
    PolicyCase { RoundRobinAfterArrivals(quantum: 3) },
    PolicyCase { TimerRoundRobin(interval: 3) },
    PolicyCase { TurnPattern([2, 1, 1]) },
    PolicyCase { FirstInFirstOut() },
    PolicyCase { HighestResponseRatioNext() },
    PolicyCase { ShortestJobFirst() },
    PolicyCase { ShortestTimeToCompletionFirst() },
    PolicyCase { HighestPriorityFirst() },
    PolicyCase { HighestPriorityFirst(isPreemptive: false) },
    PolicyCase { HighestPriorityFirst(aging: 5) },
    PolicyCase { HighestPriorityFirst(isPreemptive: false, aging: 5) },
    PolicyCase { MultilevelFeedback() },
    PolicyCase {
      MultilevelFeedback(.init(quanta: [1, 2, 4], allotments: [2, 1, 1], boost: 20))
    },
    PolicyCase {
      MultilevelFeedback(.init(quanta: [2, 3], boost: 7, stay: true, iobump: true))
    },
    PolicyCase { Lottery() },
    PolicyCase { Lottery(quantum: 3) },
    PolicyCase { Stride() },
    PolicyCase { Stride(quantum: 3) },
    PolicyCase { FairShare() },
    PolicyCase { FairShare(slice: 1) },
    PolicyCase { ProcessPolicy() },
    PolicyCase { ProcessPolicy(waking: .immediate) },
  ]
}
