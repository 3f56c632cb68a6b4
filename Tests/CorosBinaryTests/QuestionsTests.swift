import CorosTestSupport
import Foundation
import Testing

/// What people have asked about runs: one command answers each question, as somebody does who only has the exported
/// events, a script that shares no code with the program.
@Suite struct QuestionsTests {
  typealias Object = [String: Any]

  /// A question, the command that answers it, and how the two answers are found in what is printed.
  struct Question: CustomTestStringConvertible, Sendable {
    let text: String
    let run: String
    let command: String
    let asked: @Sendable (Object) throws -> Any?
    let computed: @Sendable (Object) throws -> Any?

    var testDescription: String { text }

    init(
      _ text: String,
      _ run: String,
      _ command: String,
      _ asked: @escaping @Sendable (Object) throws -> Any?,
      _ computed: @escaping @Sendable (Object) throws -> Any?
    ) {
      (self.text, self.run, self.command) = (text, run, command)
      (self.asked, self.computed) = (asked, computed)
    }
  }

  /// A column of a table, by the task of each row.
  private static func column(_ key: String, _ list: String = "tasks") -> @Sendable (Object) -> Any?
  {
    { answer in
      let rows = answer[list] as? [Object] ?? []
      return Dictionary(uniqueKeysWithValues: rows.map { ("\($0["tid"] ?? "")", $0[key] ?? 0) })
    }
  }

  /// Counts by task or call, as a table of two columns.
  private static func counts(
    _ list: String,
    by key: String
  ) -> @Sendable (Object) -> Any? {
    { answer in
      let rows = answer[list] as? [Object] ?? []
      return Dictionary(uniqueKeysWithValues: rows.map { ("\($0[key] ?? "")", $0["count"] ?? 0) })
    }
  }

  private static func rows(_ list: String, _ keys: String...) -> @Sendable (Object) -> Any? {
    { answer in
      (answer[list] as? [Object] ?? []).map { row in keys.map { row[$0] ?? NSNull() } }
    }
  }

  private static func of(_ key: String, _ task: String? = nil) -> @Sendable (Object) -> Any? {
    { answers in task.map { (answers[key] as? Object)?[$0] } ?? answers[key] }
  }

  private static func only(_ key: String, above least: Int) -> @Sendable (Object) -> Any? {
    { answers in (answers[key] as? [String: Int])?.filter { $0.value > least } }
  }

  static let all: [Question] = [
    Question(
      "1: who keeps 3 waiting, since when",
      "mixed",
      "info 3",
      { [Int("\($0["waiting_for"] ?? "")".dropFirst(5)) ?? 0, $0["waiting_since"] ?? 0] },
      of("since", "3")
    ),
    Question(
      "2: who has run since 1 became ready, and did not run, at tick 30",
      "feedback",
      "why 1 --at 30",
      { answer in
        let rows = answer["instead"] as? [Object] ?? []
        return [
          answer["since"] ?? NSNull(),
          Dictionary(uniqueKeysWithValues: rows.map { ("\($0["tid"] ?? "")", $0["ticks"] ?? 0) }),
        ]
      },
      of("instead of 1 at 30")
    ),
    Question(
      "3: who killed 11",
      "mixed",
      "events 11 killed",
      { ($0["events"] as? [Object])?.last?["by"] },
      { (($0["ends"] as? [String: [Any]])?["11"]?.last as? Object)?["killed"] }
    ),
    Question(
      "4: who had most CPU in ticks 20 to 50",
      "jobs",
      "stats 20..50",
      { (column("run")($0) as? [String: Int])?.filter { $0.value > 0 } },
      only("cpu 20..50", above: 0)
    ),
    Question(
      "5: the last words of 4",
      "mixed",
      "output 4 1",
      { ($0["lines"] as? [String])?.last },
      of("last words", "4")
    ),
    Question(
      "6: the average turnaround under SJF",
      "batch",
      "compare sjf",
      { (($0["results"] as? [Object])?.first?["average"] as? Object)?["turnaround"] },
      of("shortest first")
    ),
    Question(
      "7, 15: when were more than 3 tasks ready",
      "mixed",
      "when count(ready) > 3",
      { $0["spans"] },
      of("more than 3 ready")
    ),
    Question(
      "8: who created the creators",
      "mixed",
      "tree -a",
      column("parent"),
      of("parents")
    ),
    Question(
      "10: the state of each task in tick 33",
      "mixed",
      "timeline 33..34",
      { answer in
        let words = ["waiting": "blocked", "sleeping": "blocked", "locked": "blocked"]
        let rows = answer["tasks"] as? [Object] ?? []
        let pairs = rows.compactMap { row -> (String, String)? in
          guard let span = (row["spans"] as? [Object])?.first else { return nil }
          let state = "\(span["state"] ?? "")"
          return ("\(row["tid"] ?? "")", words[state] ?? state)
        }
        return Dictionary(uniqueKeysWithValues: pairs)
      },
      of("states at 33")
    ),
    Question(
      "11: who took the CPU from 1, and how often",
      "feedback",
      "stats 1",
      counts("preempted_by", by: "tid"),
      of("losses", "1")
    ),
    Question(
      "12: the longest unbroken wait of each task",
      "jobs",
      "stats 0..",
      { answer in
        let rows = answer["tasks"] as? [Object] ?? []
        return Dictionary(
          uniqueKeysWithValues: rows.map {
            ("\($0["tid"] ?? "")", [$0["longest_wait"] ?? 0, $0["longest_wait_from"] ?? 0])
          }
        )
      },
      of("longest")
    ),
    Question(
      "13: which timer goes off next, and whose it is",
      "jobs so far",
      "clock",
      { [$0["next_timer"] ?? NSNull(), $0["next_task"] ?? NSNull()] },
      { $0["next wake"] }
    ),
    Question(
      "14: did a task starve",
      "starving",
      "waits",
      { ($0["waits"] as? [Object])?.first.map { [$0["tid"], $0["ticks"]] } },
      { answers in
        let waits = (answers["longest"] as? [String: [Int]] ?? [:]).map { ($0.value[0], $0.key) }
        return waits.max { $0.0 < $1.0 }.map { [Int($0.1) ?? 0, $0.0] }
      }
    ),
    Question(
      "16: how often did 6 resist",
      "mixed",
      "events 6 resisted --count",
      { $0["count"] },
      of("resisted", "6")
    ),
    Question(
      "16: how long 6 took to die, and how often it resisted",
      "mixed",
      "why 6",
      { [($0["killed"] as? Object)?["tick"] ?? NSNull(), $0["resisted"] ?? NSNull()] },
      { [($0["kills"] as? Object)?["6"] ?? NSNull(), ($0["resisted"] as? Object)?["6"] ?? 0] }
    ),
    Question(
      "17: which calls did 1 make, how often",
      "mixed",
      "stats 1",
      counts("calls", by: "call"),
      of("calls", "1")
    ),
    Question(
      "18: what woke 1, and when",
      "mixed",
      "events 1 woke",
      { rows("events", "tick", "tid", "detail")($0) },
      { ($0["woken"] as? [[Any]])?.filter { $0[1] as? Int == 1 } }
    ),
    Question(
      "19: for how long was the CPU idle",
      "jobs",
      "stats",
      { $0["idle_ticks"] },
      { ($0["idle"] as? [Int])?.count }
    ),
    Question(
      "20: the average length of the ready queue",
      "jobs",
      "stats 0..",
      { ($0["average_ready"] as? Double).map { Int(($0 * 100).rounded()) } },
      { answers in
        let counts = answers["ready"] as? [Int] ?? []
        return Int((Double(counts.reduce(0, +)) / Double(max(1, counts.count)) * 100).rounded())
      }
    ),
    Question(
      "21: the first run of 14",
      "mixed",
      "info 14",
      { $0["first_run"] },
      of("first", "14")
    ),
    Question(
      "22: who ran before whom",
      "jobs",
      "events dispatched",
      { rows("events", "tid")($0) },
      { ($0["runs"] as? [Int])?.filter { $0 != 0 }.map { [$0] } }
    ),
    Question(
      "23: the time that each task was blocked",
      "jobs",
      "stats",
      column("blocked"),
      of("blocked")
    ),
    Question(
      "24: who waits for 13",
      "mixed",
      "info 13",
      { $0["waiters"] },
      { answers in
        (answers["since"] as? [String: [Int]])?.filter { $0.value[0] == 13 }
          .compactMap { Int($0.key) }.sorted()
      }
    ),
    Question(
      "25: what was written in ticks 20 to 40, by whom",
      "mixed",
      "output 20..40",
      rows("texts", "tick", "tid", "text"),
      of("written 20..40")
    ),
    Question(
      "26: when did 1 first sink to the last queue",
      "feedback",
      "when level(1) == 3",
      { ($0["spans"] as? [[Any]])?.first?.first },
      of("sunk")
    ),
    Question(
      "27: which tasks failed, with what",
      "mixed",
      "ps -a exited",
      { answer in
        (answer["tasks"] as? [Object])?.compactMap { row -> [Any]? in
          guard let status = row["status"] as? Object, let text = status["failed"] else {
            return nil
          }
          return [row["tid"] ?? 0, text]
        }
      },
      { answers in
        (answers["ends"] as? [String: [Any]])?.compactMap { tid, end -> [Any]? in
          guard let text = (end.last as? Object)?["failed"] else { return nil }
          return [Int(tid) ?? 0, text]
        }
      }
    ),
    Question(
      "28: what did I do to tasks, and when",
      "mixed",
      "history --ticks",
      { answer in
        (answer["deeds"] as? [Object])?.filter { "\($0["what"] ?? "")".hasPrefix("kill") }
          .map { [$0["tick"] ?? 0, Int("\($0["what"] ?? "")".dropFirst(5)) ?? 0] }
      },
      { ($0["acts"] as? [[Any]])?.map { [$0[0], $0[2]] } }
    ),
    Question(
      "29: in which step the circle closed, and who is in it",
      "mixed",
      "lints",
      { answer in
        let found = (answer["found"] as? [Object] ?? []).first { $0["name"] as? String == "circle" }
        let others = (found?["others"] as? [Int] ?? [])
        return [found?["tick"] ?? NSNull(), ([found?["tid"] as? Int ?? 0] + others).sorted()]
      },
      { $0["circle"] }
    ),
    Question(
      "30: for how long each task was stopped",
      "mixed",
      "stats",
      column("stopped"),
      of("stopped")
    ),
    Question(
      "30: who stopped 12",
      "mixed",
      "events 12 stopped",
      { ($0["events"] as? [Object])?.map { $0["by"] ?? 0 } },
      of("stopped by", "12")
    ),
    Question(
      "31: who else wanted the CPU in tick 3",
      "feedback",
      "why --at 4",
      { $0["beside"] },
      of("others at 3")
    ),
    Question(
      "32: who runs in tick 3",
      "feedback",
      "queue --at 3",
      { $0["next"] },
      { ($0["runs"] as? [Int])?[3] }
    ),
  ]

  /// A value in the one form in which it can be compared.
  private func canonical(_ value: Any?) throws -> String {
    let data = try JSONSerialization.data(
      withJSONObject: value ?? NSNull(),
      options: [.sortedKeys, .fragmentsAllowed]
    )
    return String(decoding: data, as: UTF8.self)
  }

  @Test func `9: where do two branches part`() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(
      "branches.coros",
      "spawn family; spawn dice; spawn clock 3; run 12; goto 7; spawn count 2; run 9\n"
    )
    func run(_ last: String) throws -> String {
      try coros("--json", "-c", "source \(script); \(last)").output
    }
    let files = [folder.file("1.jsonl"), folder.file("2.jsonl")]
    _ = try run("export --jsonl \(files[1]); branch 1; export --jsonl \(files[0])")
    let line = try #require(try run("diff branch:1 branch:2").split(separator: "\n").last)
    let answer = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? Object)
    let judge = try shell(
      "python3 Tests/CorosShellTests/Validators/parting.py \"$1\" \"$2\"",
      files[0],
      files[1]
    )
    let parted = try #require(Int(judge.output.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect((answer["left"] as? Object)?["tick"] as? Int == parted)
    #expect((answer["right"] as? Object)?["tick"] as? Int == parted)
  }

  @Test(arguments: all) func `one command answers it`(_ question: Question) throws {
    let folder = try TemporaryFolder()
    let script = try folder.write("run.coros", try #require(QuestionRuns.all[question.run]) + "\n")
    let events = folder.file("events.jsonl")
    let outcome = try coros(
      "--json",
      "--keep-going",
      "-c",
      "source \(script); export --jsonl \(events); \(question.command)"
    )
    let line = try #require(outcome.output.split(separator: "\n").last)
    let answer = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? Object)
    let judge = try shell(
      "python3 Tests/CorosShellTests/Validators/questions.py \"$1\"",
      events
    )
    let computed = try #require(
      JSONSerialization.jsonObject(with: Data(judge.output.utf8)) as? Object
    )
    let expected = try canonical(question.computed(computed))
    #expect(expected != "null")
    #expect(try canonical(question.asked(answer)) == expected)
  }
}
