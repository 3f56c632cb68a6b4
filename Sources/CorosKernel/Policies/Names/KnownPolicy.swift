/// A policy that can be chosen by name.
public struct KnownPolicy: Sendable {
  /// The name, as it is typed.
  public let name: String
  /// What it does, in a sentence or two.
  public let summary: String
  /// Its settings.
  public private(set) var keys: [Key] = []
  let make: @Sendable (PolicySettings) throws(PolicyError) -> @Sendable () -> any SchedulingPolicy

  /// A setting of a policy.
  public struct Key: Sendable {
    /// Its name, as it is typed before the `=`.
    public let name: String
    /// Its default value.
    public let standard: String
    /// Its possible values, if they are a few words; else empty.
    public let words: [String]

    /// A number, numbers, or yes or no.
    init(name: String, standard: String) {
      self.name = name
      self.standard = standard
      words = ["yes", "no"].contains(standard) ? ["yes", "no"] : []
    }

    /// One of the words of a type.
    init<Word: RawRepresentable<String> & CaseIterable>(name: String, standard: Word) {
      self.name = name
      self.standard = standard.rawValue
      words = Word.allCases.map(\.rawValue)
    }
  }

  /// How it is typed, with the default of each setting: `rr quantum=1`.
  public var usage: String {
    ([name] + keys.map { "\($0.name)=\($0.standard)" }).joined(separator: " ")
  }

  /// The policy of a name; nil when there is none.
  public static func named(_ name: String) -> KnownPolicy? {
    all.first { $0.name == name }
  }

  /// All policies, in the order in which they are listed: the one place that knows them by name.
  public static let all: [KnownPolicy] = [
    KnownPolicy(
      name: "rr",
      summary: "round robin; each ready task in turn gets the CPU for `quantum` ticks.",
      keys: [Key(name: "quantum", standard: "1")]
    ) { settings throws(PolicyError) in
      let quantum = try settings.integer("quantum", in: ticks)
      return { RoundRobin(quantum: quantum) }
    },
    KnownPolicy(
      name: "fifo",
      summary: "first in, first out; a task keeps the CPU until it waits, yields or ends."
    ) { _ in { FirstInFirstOut() } },
    KnownPolicy(
      name: "sjf",
      summary: "the shortest job first, by its declared length, until it waits, yields or ends."
    ) { _ in { ShortestJobFirst() } },
    KnownPolicy(
      name: "stcf",
      summary:
        "the shortest time to completion first; who comes with less left to run takes the CPU."
    ) { _ in { ShortestTimeToCompletionFirst() } },
    KnownPolicy(
      name: "priority",
      summary: """
        the highest priority first, preemptive or not. With `aging`, so many ticks of waiting raise a \
        task by one.
        """,
      keys: [Key(name: "preemptive", standard: "yes"), Key(name: "aging", standard: "0")]
    ) { settings throws(PolicyError) in
      let isPreemptive = try settings.switch("preemptive")
      let aging = try settings.integer("aging", in: 0...ticks.upperBound)
      return { HighestPriorityFirst(isPreemptive: isPreemptive, aging: aging) }
    },
    KnownPolicy(
      name: "mlfq",
      summary: """
        multilevel feedback; the highest of several queues first. A task that has used up its quantum \
        `allotments` times falls by a queue; every `boost` ticks all go back to the top. With `stay` waiting \
        makes quantum and allotment whole, less a quantum that is used up at that moment; with `iobump` a \
        task that comes back from waiting goes to the head.
        """,
      keys: [
        Key(name: "quanta", standard: "2/4/8"), Key(name: "allotments", standard: "1/1/1"),
        Key(name: "boost", standard: "0"), Key(name: "stay", standard: "no"),
        Key(name: "iobump", standard: "no"),
      ],
      make: multilevelFeedback
    ),
    KnownPolicy(
      name: "lottery",
      summary: "a ticket is drawn, and who holds it runs for `quantum` ticks.",
      keys: [Key(name: "quantum", standard: "1")]
    ) { settings throws(PolicyError) in
      let quantum = try settings.integer("quantum", in: ticks)
      return { Lottery(quantum: quantum) }
    },
    KnownPolicy(
      name: "stride",
      summary: "shares in proportion to tickets, without luck; who is furthest behind runs next.",
      keys: [Key(name: "quantum", standard: "1")]
    ) { settings throws(PolicyError) in
      let quantum = try settings.integer("quantum", in: ticks)
      return { Stride(quantum: quantum) }
    },
    KnownPolicy(
      name: "fair",
      summary: """
        shares by nice values, as in Linux; of those not ahead of their share, the earliest virtual \
        deadline runs for a `slice`.
        """,
      keys: [Key(name: "slice", standard: "4")]
    ) { settings throws(PolicyError) in
      let slice = try settings.integer("slice", in: ticks)
      return { FairShare(slice: slice) }
    },
    KnownPolicy(
      name: "procs",
      summary: """
        processes in order, round and round, each until it waits or ends; the command `procs` makes \
        some, and `help procs` tells about the settings.
        """,
      keys: [
        Key(name: "switch", standard: ProcessPolicy.Switch.io),
        Key(name: "wake", standard: ProcessPolicy.Wake.later),
      ]
    ) { settings throws(PolicyError) in
      let switching = try settings.word("switch", of: ProcessPolicy.Switch.self)
      let waking = try settings.word("wake", of: ProcessPolicy.Wake.self)
      return { ProcessPolicy(switching: switching, waking: waking) }
    },
    KnownPolicy(
      name: "manual",
      summary: "you are the scheduler; nobody runs until you `pick`, and then for a tick."
    ) { _ in { OperatorsChoice() } },
  ]

  private static let ticks = 1...1_000_000_000

  @Sendable private static func multilevelFeedback(
    _ settings: PolicySettings
  ) throws(PolicyError) -> @Sendable () -> any SchedulingPolicy {
    let quanta = try settings.list("quanta", of: ticks, counts: 1...16)
    // One number is for all queues.
    let allotments =
      settings.isGiven("allotments")
      ? try settings.list("allotments", of: ticks, counts: [1, quanta.count]) : [1]
    let choice = MultilevelFeedback.Settings(
      quanta: quanta,
      allotments: allotments,
      boost: try settings.integer("boost", in: 0...ticks.upperBound),
      stay: try settings.switch("stay"),
      iobump: try settings.switch("iobump")
    )
    return { MultilevelFeedback(choice) }
  }
}
