import Testing

@testable import CorosShell

/// What a program that reads the JSON may rely on: one object a line, these keys, these types.
@Suite struct JSONTests {
  private typealias Keys = [(String, JSONType)]

  /// What a journey leads to.
  private static let travel: Keys = [
    ("tick", .number), ("moment", .number), ("moved", .number), ("branch", .number),
    ("ahead", .number),
  ]

  private static let contract: [String: Keys] = [
    "help": [("commands", .list)],
    "programs": [("programs", .list)],
    "spawn": [("tid", .number), ("program", .string)],
    "workload": [("tids", .list), ("jobs", .list)],
    "procs": [("tids", .list), ("policy", .string)],
    "compare": [("results", .list)],
    "ps": [("tick", .number), ("tasks", .list)],
    "kill": [("tid", .number), ("killed", .truth)],
    "wait": [("tid", .number), ("status", .orNull(.object))],
    "stop": [("tid", .number), ("stopped", .truth)],
    "resume": [("tid", .number), ("resumed", .truth)],
    "nice": [("tid", .number), ("nice", .orNull(.number))],
    "tickets": [("tid", .number), ("tickets", .orNull(.number))],
    "priority": [("tid", .number), ("priority", .orNull(.number))],
    "pick": [("tid", .number)],
    "step": [
      ("dispatched", .list), ("dispatches", .number), ("tick", .number), ("stopped", .string),
    ],
    "run": [
      ("dispatched", .list), ("dispatches", .number), ("tick", .number), ("stopped", .string),
    ],
    "back": travel,
    "forward": travel,
    "goto": travel,
    "branch": travel,
    "bookmark": [],
    "branches": [("branches", .list)],
    "schedule": [("schedule", .string), ("steps", .number)],
    "replay": [
      ("steps", .number), ("tick", .number), ("branch", .number), ("stopped", .string),
    ],
    "diff": [
      ("same", .truth), ("step", .orNull(.number)), ("left", .orNull(.object)),
      ("right", .orNull(.object)), ("results", .list),
    ],
    "save": [("file", .string), ("lines", .number)],
    "load": [
      ("file", .string), ("tick", .number), ("moment", .number), ("branch", .number),
      ("tasks", .number),
    ],
    "stepper": [
      ("tick", .number), ("moment", .number), ("branch", .number), ("ahead", .number),
    ],
    "live": [("ticks_per_second", .orNull(.number))],
    "queue": [
      ("tick", .number), ("running", .orNull(.number)), ("ready", .list), ("waiting", .list),
      ("stopped", .list), ("arriving", .list),
    ],
    "tree": [("tick", .number), ("tasks", .list)],
    "info": [
      ("tid", .number), ("name", .string), ("state", .string), ("waiting_for", .orNull(.string)),
      ("waiting_since", .orNull(.number)), ("until", .orNull(.number)), ("parent", .number),
      ("creator", .number), ("children", .list), ("waiters", .list), ("status", .orNull(.object)),
      ("dispatches", .number), ("arrival", .number), ("first_run", .orNull(.number)),
      ("end", .orNull(.number)), ("response", .orNull(.number)),
      ("turnaround", .orNull(.number)), ("wait", .number), ("blocked", .number),
      ("priority", .number), ("tickets", .number), ("nice", .number), ("length", .orNull(.number)),
      ("written_bytes", .number),
    ],
    "why": [
      ("tid", .number), ("state", .string), ("why", .list), ("policy", .string), ("rule", .string),
      ("merit", .orNull(.string)), ("ahead", .list), ("since", .orNull(.number)),
      ("instead", .list), ("chain", .list), ("circle", .list), ("status", .orNull(.object)),
      ("killed", .orNull(.object)), ("last_call", .orNull(.object)),
    ],
    "lints": [("lints", .list), ("found", .list)],
    "policy": [("policy", .string)],
    "clock": [("tick", .number), ("idle_ticks", .number), ("next_timer", .orNull(.number))],
    "seed": [("seed", .number)],
    "limit": [],
    "output": [
      ("tid", .number), ("lines", .list), ("written_bytes", .number), ("dropped_bytes", .number),
    ],
    "stats": [
      ("tasks", .list), ("average", .object), ("ticks", .number), ("idle_ticks", .number),
      ("switches", .number), ("maximum", .object), ("fairness", .orNull(.number)),
      ("utilisation", .orNull(.number)), ("preemptions", .number), ("cpu_busy", .number),
      ("io_busy", .number),
    ],
    "timeline": [
      ("tasks", .list), ("from", .number), ("to", .number), ("policy", .string),
      ("svg", .orNull(.string)),
    ],
    "export": [("files", .list)],
    "quiz": [
      ("seed", .number), ("policy", .string), ("jobs", .list), ("questions", .list),
      ("score", .number), ("points", .number), ("skipped", .orNull(.string)),
    ],
    "answer": [
      ("question", .number), ("right", .truth), ("points", .number), ("score", .number),
      ("next", .orNull(.object)),
    ],
    "hint": [("question", .number), ("hint", .number), ("text", .string)],
    "echo": [("text", .string)],
    "assert": [("holds", .truth)],
    "source": [("file", .string), ("status", .number)],
    "history": [("lines", .list)],
    "reset": [("ended", .number)],
    "exit": [("status", .number)],
  ]

  @Test(arguments: TranscriptFiles.names)
  func `each line is one object with the keys of its command, in order`(_ name: String) throws {
    for section in try TranscriptFiles.load(name).sections where section.isJSON {
      for line in try parsedLines(section.exchanges.map(\.printed).joined()) {
        let keys: Keys
        if let command = line.command {
          keys = [("command", .string)] + (Self.contract[command] ?? [])
        } else if line["error"] != nil {
          keys =
            line["tid"] == nil
            ? [("error", .string), ("line", .number), ("column", .number)]
            : [("error", .string), ("tid", .number), ("tick", .number)]
        } else if line["output"] != nil {
          keys = [("output", .string), ("tid", .number), ("tick", .number)]
        } else if line["notice"] != nil {
          keys = [("notice", .string), ("tid", .number), ("tick", .number)]
        } else {
          keys = [("tick", .number)]
        }
        #expect(Array(line.keys.prefix(keys.count)) == keys.map(\.0) || line.command == "set")
        #expect(Set(line.keys).count == line.keys.count, "a key stands twice: \(line.keys)")
        for (key, type) in keys { #expect(type.admits(line[key]), "\(key) in \(line.members)") }
      }
    }
  }

  @Test func `the contract names every command that reports`() {
    let special: Set = ["set", "trace"]
    #expect(Set(Self.contract.keys).union(special) == Set(CommandTable.names))
  }

  @Test func `tasks in ps and stats have their keys`() throws {
    let session = Session.json()
    let lines = try parsedLines(
      session.type("spawn family 1; spawn clock; spawn crash; step 12; ps -a; stats")
    )
    let ps = try #require(lines.first { $0.command == "ps" }?["tasks"] as? [[String: Any]])
    #expect(ps.count == 5)
    for task in ps {
      for (key, type) in [
        ("tid", JSONType.number), ("name", .string), ("state", .string),
        ("waiting_for", .orNull(.string)), ("parent", .number), ("dispatches", .number),
        ("status", .orNull(.object)),
      ] {
        #expect(type.admits(task[key]), "\(key) in \(task)")
      }
    }
    let stats = try #require(lines.first { $0.command == "stats" }?["tasks"] as? [[String: Any]])
    #expect(stats.count == 5)
    for task in stats {
      for (key, type) in [
        ("tid", JSONType.number), ("name", .string), ("arrival", .number),
        ("first_run", .orNull(.number)), ("end", .orNull(.number)),
        ("response", .orNull(.number)), ("turnaround", .orNull(.number)), ("wait", .number),
        ("run", .number), ("blocked", .number),
      ] {
        #expect(type.admits(task[key]), "\(key) in \(task)")
      }
    }
  }

  @Test func `averages are numbers, or null when nothing has ended`() throws {
    let session = Session.json()
    for (line, type) in [
      ("stats", JSONType.orNull(.number)), ("spawn job 3; spawn job 2; run; stats", .number),
    ] {
      let stats = try parsedLines(session.type(line)).last
      let average = try #require(stats?["average"] as? [String: Any])
      for key in ["response", "turnaround", "wait"] { #expect(type.admits(average[key])) }
    }
  }

  @Test func `text of any kind comes through unharmed`() throws {
    let text = "a \"b\" \\ \u{1} \u{7F} \t 日本語 🙂 \u{2028} é"
    let session = Session.json()
    session.shell.execute("echo " + quoted(text))
    session.shell.flush()
    #expect(session.host.output.filter { $0 == "\n" }.count == 1)
    #expect(try parsedLines(session.host.output).first?["text"] as? String == text)
  }

  @Test func `results go to standard output, and errors to standard error`() throws {
    let session = Session.json()
    session.type("spawn crash boom; run; nonsense; echo $x; kill x")
    let results = try parsedLines(session.host.output)
    #expect(results.map { $0.command ?? "output" } == ["spawn", "output", "run"])
    let errors = try parsedLines(session.host.errors)
    #expect(errors.count == 4 && errors.allSatisfy { $0["error"] != nil })
  }
}
