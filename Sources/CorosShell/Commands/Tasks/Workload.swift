import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Creates jobs as textbooks describe them.
  enum Workload: SimpleCommand {
    static let manual = Manual(
      name: "workload",
      summary: "make jobs as textbooks describe them",
      usage: "workload JOB ... | FILE",
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

        A FILE has one job per line, and comments begin with #. --random N draws N jobs and prints them as \
        you would type them; the same --seed S (default: the machine's) draws the same jobs. --maxlen, \
        --maxat and --maxio bound len (default: 10), at (0) and io (0, no I/O); --iotime sets iotime.
        """,
      example: "workload len=10 at=2,len=5,io=2",
      seeAlso: ["stats", "compare", "procs", "policy"],
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
      var invocation = invocation
      let isFile = invocation.arguments.first?.text == "--"
      // What follows is no option, whatever it begins with.
      if isFile {
        invocation = Invocation(
          line: invocation.line,
          name: invocation.name,
          arguments: Array(invocation.arguments.dropFirst())
        )
      }
      guard let first = invocation.arguments.first else {
        throw CommandFailure(
          "workload needs jobs",
          at: invocation.name.range,
          hint: "try `\(manual.example)`"
        )
      }
      let program = try shell.program("job", for: manual, invocation)
      let jobs: [JobDescription]
      let isRandom = !isFile && first.text.hasPrefix("--")
      if isRandom {
        let workload = try drawn(invocation, seed: shell.scheduler.seed)
        try shell.ask(invocation) { session throws(RequestFailure) in
          try session.requireRoom(for: workload.count)
        }
        jobs = workload.jobs()
      } else if invocation.arguments.count == 1, isFile || !first.text.contains("=") {
        jobs = try WorkloadFile.jobs(
          first,
          from: shell.files,
          limit: shell.scheduler.taskLimit
        )
      } else {
        jobs = try typed(invocation)
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
          jobs.enumerated().map { $1.recipe(program, at: first + $0, now: now) }
        )
        return Result(jobs: Array(zip(made, jobs)), isRandom: isRandom)
      }
    }

    private static func typed(_ invocation: Invocation) throws(CommandFailure) -> [JobDescription] {
      var jobs: [JobDescription] = []
      for argument in invocation.arguments {
        do throws(FieldError) {
          jobs.append(try JobDescription(parsing: argument.keyedText))
        } catch {
          throw CommandFailure(error, in: argument)
        }
      }
      return jobs
    }

    /// Reads the arguments of `workload` if they begin with an option.
    private static func drawn(
      _ invocation: Invocation,
      seed: UInt64
    ) throws(CommandFailure) -> RandomWorkload {
      var workload = RandomWorkload(count: 0, seed: seed)
      var given: [String] = []
      var index = 0
      while index < invocation.arguments.count {
        let option = invocation.arguments[index]
        guard options.contains(option.text) else {
          throw CommandFailure(
            "workload does not take '\(excerpt(of: option.text))' with --random",
            at: option.range,
            hint: Suggestion.question(for: option.text, among: options)
              ?? "options: \(options.joined(separator: ", "))"
          )
        }
        guard !given.contains(option.text) else {
          throw CommandFailure("\(option.text) is given twice", at: option.range)
        }
        given.append(option.text)
        index += 1
        guard index < invocation.arguments.count else {
          throw CommandFailure(
            "\(option.text) needs a number",
            at: option.range,
            hint: "for example: workload --random 3 --seed 1 --maxlen 10"
          )
        }
        func number(_ range: ClosedRange<Int>) throws(CommandFailure) -> Int {
          try invocation.integer(index, option.text, in: range)
        }
        switch option.text {
        case "--random": workload.count = try number(1...1_000_000)
        case "--maxlen": workload.longest = try number(JobDescription.spans)
        case "--maxat": workload.latest = try number(JobDescription.arrivals)
        case "--maxio": workload.longestInterval = try number(JobDescription.pauses)
        case "--iotime": workload.ioTime = try number(JobDescription.pauses)
        default: workload.seed = try invocation.seed(index)
        }
        index += 1
      }
      guard workload.count > 0 else {
        throw CommandFailure(
          "how many jobs?",
          at: invocation.arguments[0].range,
          hint: "for example: workload --random 3"
        )
      }
      return workload
    }

    private static let options = [
      "--random", "--seed", "--maxlen", "--maxat", "--maxio", "--iotime",
    ]
  }
}
