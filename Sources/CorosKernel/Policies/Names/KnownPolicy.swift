/// A policy that can be chosen by name.
public struct KnownPolicy: Sendable {
  /// The name, as it is typed.
  public let name: String
  /// Other names that textbooks have for it.
  public private(set) var aliases: [String] = []
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

  /// The policy of a name or alias, in capitals or not; nil when there is none.
  public static func named(_ name: String) -> KnownPolicy? {
    let name = name.lowercased()
    return all.first { $0.name == name || $0.aliases.contains { $0.lowercased() == name } }
  }

  /// All policies, in the order in which they are listed: the one place that knows them by name.
  public static let all: [KnownPolicy] = [
    KnownPolicy(
      name: "rr",
      aliases: ["round-robin"],
      summary: """
        round-robin; each ready task in turn gets the CPU for `quantum` ticks. Where a task arrives as a \
        quantum ends, `ties` says which of the two is queued first: the one that was running, or the arrival.
        """,
      keys: [Key(name: "quantum", standard: "1"), Key(name: "ties", standard: Ties.running)]
    ) { settings throws(PolicyError) in
      let quantum = try settings.integer("quantum", in: ticks)
      let ties = try settings.word("ties", of: Ties.self)
      if ties == .arrivals { return { RoundRobinAfterArrivals(quantum: quantum) } }
      return { RoundRobin(quantum: quantum) }
    },
    KnownPolicy(
      name: "fifo",
      aliases: ["FCFS"],
      summary: "first in, first out, or FCFS; a task keeps the CPU until it waits, yields or ends."
    ) { _ in { FirstInFirstOut() } },
    KnownPolicy(
      name: "sjf",
      aliases: ["SPN"],
      summary: """
        the shortest job first, or SPN, by its declared length, until it waits, yields or ends.
        """
    ) { _ in { ShortestJobFirst() } },
    KnownPolicy(
      name: "stcf",
      aliases: ["SRTF", "SRT", "PSJF"],
      summary: """
        the shortest time to completion first, or SRTF, SRT, PSJF; a task that comes with less left to run \
        takes the CPU.
        """
    ) { _ in { ShortestTimeToCompletionFirst() } },
    KnownPolicy(
      name: "hrrn",
      summary: """
        the highest response ratio next, wait and length over length, until it waits, yields or ends.
        """
    ) { _ in { HighestResponseRatioNext() } },
    KnownPolicy(
      name: "priority",
      summary: """
        the highest priority first, preemptive or not, also of those that wait for the same lock. With `aging`, so \
        many ticks of waiting raise a task by one. With `donation` a task that holds a lock has at least the \
        priority of those that wait for it.
        """,
      keys: [
        Key(name: "preemptive", standard: "yes"), Key(name: "aging", standard: "0"),
        Key(name: "donation", standard: "no"),
      ]
    ) { settings throws(PolicyError) in
      let isPreemptive = try settings.switch("preemptive")
      let aging = try settings.integer("aging", in: 0...ticks.upperBound)
      let isLending = try settings.switch("donation")
      return {
        HighestPriorityFirst(isPreemptive: isPreemptive, aging: aging, isLending: isLending)
      }
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
      aliases: ["CFS"],
      summary: """
        shares by nice values, as Linux's CFS; of those not ahead of their share, the earliest virtual \
        deadline runs for a `slice`.
        """,
      keys: [Key(name: "slice", standard: "4")]
    ) { settings throws(PolicyError) in
      let slice = try settings.integer("slice", in: ticks)
      return { FairShare(slice: slice) }
    },
    KnownPolicy(
      name: "timer",
      summary: """
        round robin by the machine's timer, which interrupts `every` so many ticks; a task that follows one that \
        ended has the rest of the interval, and one that yields restarts it.
        """,
      keys: [Key(name: "every", standard: "4")]
    ) { settings throws(PolicyError) in
      let interval = try settings.integer("every", in: ticks)
      return { TimerRoundRobin(interval: interval) }
    },
    KnownPolicy(
      name: "pattern",
      summary: """
        tasks run in the `order` of turns given, over and over, a tick each; those that cannot run are \
        skipped, and those not named run when none of the others can.
        """,
      keys: [Key(name: "order", standard: "1/2")]
    ) { settings throws(PolicyError) in
      let order = try settings.list("order", of: ticks, counts: 1...1_000)
      return { TurnPattern(order.map { TaskID(rawValue: $0) }) }
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

  /// Which is queued first when a task arrives as a quantum ends.
  private enum Ties: String, CaseIterable {
    case running
    case arrivals
  }

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
