import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Creates jobs as textbooks describe them.
  enum Workload: SimpleCommand {
    static let manual = Manual(
      name: "workload",
      summary: "make jobs as textbooks describe them",
      usage: "workload JOB ... | FILE | --random N",
      group: .tasks,
      details: """
        A JOB is KEY=VALUE,... and needs only `len`:

          len=20      the ticks of CPU that it needs
          at=5        when it arrives, in ticks from now (default: now)
          io=3        does I/O after every 3 ticks of CPU, except after the last
          iotime=5    how long each I/O takes (default: 5)
          tickets=75  for the policies lottery and stride (default: 100)
          priority=2  a larger number goes first; nice=5 lets others go first
          name=a      its name (default: a, b, c, ... in order); in double quotes it may have commas

        A job is a task like any other. Before it arrives it is `new`; when no task is ready, the clock \
        jumps to the next arrival. The textbook's example, a long job before two short ones:

          workload len=100 len=10 len=10
          policy fifo
          run
          stats
          compare fifo sjf rr

        A FILE has one job per line, and comments begin with #. --random draws jobs and prints them as you \
        would type them; the same seed draws the same jobs.
        """,
      example: "workload len=10 at=2,len=5,io=2",
      seeAlso: ["stats", "compare", "procs", "policy"],
      options: [
        .init("--random", "N", "draw N jobs"),
        .init("--seed", "S", "draw those of this seed (default: the machine's)"),
        .init("--maxlen", "N", "the greatest `len` (default: 10)"),
        .init("--maxat", "N", "the latest `at` (default: 0)"),
        .init("--maxio", "N", "the greatest `io` (default: 0, no I/O)"),
        .init("--iotime", "N", "the `iotime` of each (default: 5)"),
      ],
      completion: [.words(JobDescription.keys.map { $0 + "=" } + ["--random"])]
    )

    static let reference = Reference(
      notes: """
        A job of length L takes exactly L ticks of CPU. After every `io` ticks, but not after the last one, \
        it does I/O for `iotime` ticks. On a fresh machine `at` is the tick itself.
        With --random the jobs are drawn from SplitMix64, begun with the seed: one number for each of `len` \
        from 1 to --maxlen, `at` from 0 to --maxat and `io` from 0 to --maxio, job by job and in this order; \
        a range with a single value takes no number. The jobs are the same on every machine and in every \
        release.
        """,
      demonstration: ["workload len=3 at=2,len=2,io=1", "workload --random 2 --seed 7 --maxat 5"]
    )

    struct Result: CommandResult, ResultObject {
      /// The new tasks, each with its job.
      let jobs: [(task: MadeTask, job: JobDescription)]
      /// Whether the jobs were drawn at random, so that the user does not know them yet.
      let isRandom: Bool

      static let fields: [ResultField<Self>] = [
        .numbers("tids", "the new tasks") { $0.jobs.map(\.task.tid.rawValue) },
        .texts("jobs", "each job, as you could type it") { $0.jobs.map(\.job.text) },
      ]

      func text(in look: Look) -> String {
        var lines = isRandom ? ["workload " + jobs.map(\.job.text).joined(separator: " ")] : []
        for (task, job) in jobs {
          var job = job
          job.name = nil
          let name = look.style.paint(excerpt(of: task.recipe.name), .name)
          lines.append("task \(task.tid): \(name) \(job.text)")
        }
        return lines.joined(separator: "\n")
      }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      let options = try OptionWords(invocation, manual)
      let words = options.operands.map { invocation.arguments[$0] }
      let option = manual.options.first { options.has($0.name) }?.name
      guard let first = words.first ?? option.flatMap(options.value) else {
        throw CommandFailure(
          "workload needs jobs",
          at: invocation.name.range,
          hint: "try `\(manual.example)`"
        )
      }
      let program = try shell.program("job", for: manual, invocation)
      let jobs: [JobDescription]
      if let option {
        let workload = try drawn(options, words, option, seed: shell.scheduler.seed)
        try shell.ask(invocation) { session throws(RequestFailure) in
          try session.requireRoom(for: workload.count)
        }
        jobs = workload.jobs()
      } else if words.count == 1,
        invocation.arguments[0].text == "--" || !first.text.contains("=")
      {
        jobs = try WorkloadFile.jobs(
          first,
          from: shell.files,
          limit: shell.scheduler.taskLimit
        )
      } else {
        jobs = try typed(words)
      }
      let before = shell.scheduler.liveTaskCount
      defer {
        // A person who interrupts wants to know what there is now.
        let made = shell.scheduler.liveTaskCount - before
        if shell.isInterrupted, made > 0 {
          shell.output.writeError("\(counted(made, "job")) of \(jobs.count) had been made\n")
        }
      }
      return try shell.ask(invocation) { session throws(RequestFailure) in
        let (now, first) = (session.scheduler.now, session.madeCount(of: program))
        let made = try session.make(
          jobs.enumerated().lazy.map { $1.recipe(program, at: first + $0, now: now) }
        )
        return Result(jobs: Array(zip(made, jobs)), isRandom: option != nil)
      }
    }

    private static func typed(_ words: [Argument]) throws(CommandFailure) -> [JobDescription] {
      var jobs: [JobDescription] = []
      for argument in words {
        do throws(FieldError) {
          jobs.append(try JobDescription(parsing: argument.keyedText))
        } catch {
          throw CommandFailure(error, in: argument)
        }
      }
      return jobs
    }

    /// What the options say about jobs to be drawn.
    private static func drawn(
      _ options: OptionWords,
      _ words: [Argument],
      _ option: String,
      seed: UInt64
    ) throws(CommandFailure) -> RandomWorkload {
      if let job = words.first {
        throw CommandFailure(
          "workload does not take '\(excerpt(of: job.text))' with \(option)",
          at: job.range,
          hint: "draw jobs, or type them, or name a file of them"
        )
      }
      func number(
        _ option: String,
        _ range: ClosedRange<Int>
      ) throws(CommandFailure) -> Int? {
        try options.integer(option, option, in: range)
      }
      guard let count = try number("--random", 1...1_000_000) else {
        throw CommandFailure(
          "how many jobs?",
          at: options.place(of: option),
          hint: "for example: workload --random 3"
        )
      }
      var workload = RandomWorkload(count: count, seed: try options.seed("--seed") ?? seed)
      workload.longest = try number("--maxlen", JobDescription.spans) ?? workload.longest
      workload.latest = try number("--maxat", JobDescription.arrivals) ?? workload.latest
      workload.longestInterval =
        try number("--maxio", JobDescription.pauses) ?? workload.longestInterval
      workload.ioTime = try number("--iotime", JobDescription.pauses) ?? workload.ioTime
      return workload
    }
  }
}
