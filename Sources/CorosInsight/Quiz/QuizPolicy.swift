/// A policy as a person with pencil and paper needs to know it: with every case decided.
package struct QuizPolicy: Sendable {
  /// The whole rule, with ties.
  package let rule: String
  /// Whether the policy uses the jobs' priorities.
  package let usesPriority: Bool

  /// The policies whose decisions one can work out by hand, by words of their descriptions.
  static let known: [(words: String, policy: QuizPolicy)] = [
    (
      "rr ties=arrivals",
      QuizPolicy(
        """
        Ready jobs stand in a queue. The first of them has the CPU for at most as many ticks as the \
        quantum says; if it is not done by then, it goes to the end of the queue. A job that arrives goes to \
        the end, too, and before one whose quantum is used up at that moment.
        """
      )
    ),
    (
      "rr",
      QuizPolicy(
        """
        Ready jobs stand in a queue. The first of them has the CPU for at most as many ticks as the \
        quantum says; if it is not done by then, it goes to the end of the queue. A job that arrives goes to \
        the end, too, and behind one whose quantum is used up at that moment.
        """
      )
    ),
    (
      "fifo",
      QuizPolicy("The job that arrived first has the CPU, and keeps it until it ends.")
    ),
    (
      "sjf",
      QuizPolicy(
        "Of the jobs that are there, the shortest has the CPU, and keeps it until it ends."
      )
    ),
    (
      "stcf",
      QuizPolicy(
        """
        The job that has the least left to run has the CPU, and loses it at once to one that arrives \
        with less. Among equals the one that is running goes on, and else the one that arrived first.
        """
      )
    ),
    (
      "hrrn",
      QuizPolicy(
        """
        Of the jobs that are there, the one of the highest response ratio has the CPU, and keeps it until it \
        ends, whoever comes. The ratio is the ticks that it has been ready and its length together, over its \
        length. Among equals the one that arrived first goes first.
        """
      )
    ),
    (
      "timer",
      QuizPolicy(
        """
        Ready jobs stand in a queue, and the first of them has the CPU. A timer interrupts at each multiple of \
        `every` ticks, whatever is running: then the running job goes to the end of the queue. If a job \
        ends before that, the next one has the rest of the interval. A job that arrives goes to the end of the \
        queue, too, and behind one that is interrupted at that moment.
        """
      )
    ),
    (
      "priority preemptive=yes aging=0",
      QuizPolicy(
        """
        The job of the highest priority, the largest number, has the CPU, and loses it at once to \
        one that arrives with a higher.
        """,
        usesPriority: true
      )
    ),
    (
      "priority preemptive=no aging=0",
      QuizPolicy(
        """
        Of the jobs that are there, the one of the highest priority, the largest number, has the \
        CPU, and keeps it until it ends.
        """,
        usesPriority: true
      )
    ),
    (
      "mlfq",
      QuizPolicy(
        """
        Every job begins at the end of the highest queue. The first job of the highest queue that is not \
        empty has the CPU. One that has used up the quantum of its queue goes to the end of the queue, \
        and after as many quanta as the allotment says to the end of the next lower one; the lowest keeps \
        its jobs. A job that arrives takes the CPU from one of a lower queue at once, which stays the \
        first of its queue and keeps the rest of its quantum; it stands behind one whose quantum is used up \
        at that moment. At each multiple of `boost`, if that is not 0, all go to the highest queue with a \
        fresh quantum: those of that queue first, then those of the lowest, and so upward.
        """
      )
    ),
  ]

  private init(_ rule: String, usesPriority: Bool = false) {
    self.rule = rule
    self.usesPriority = usesPriority
  }

  /// Finds a policy by its description; nil if its decisions cannot be predicted.
  init?(of description: String) {
    let words = Set(description.split(separator: " "))
    let found = Self.known.first { words.isSuperset(of: $0.words.split(separator: " ")) }
    guard let found else { return nil }
    self = found.policy
  }
}
