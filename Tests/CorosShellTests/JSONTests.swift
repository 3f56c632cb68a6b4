import CorosExplore
import CorosKernel
import CorosSync
import CorosTestSupport
import Testing

@testable import CorosCommands
@testable import CorosLanguage
@testable import CorosSession
@testable import CorosShell

/// The promises to programs that read the JSON: one object per line, these keys, these types.
@Suite struct JSONTests {
  /// The lines of JSON in all transcripts.
  private static let transcribed: [(file: String, line: Substring)] = TranscriptFiles.names
    .flatMap { name in
      let sections = (try? TranscriptFiles.load(name).sections) ?? []
      return sections.filter(\.isJSON).flatMap(\.exchanges).flatMap { exchange in
        exchange.printed.split(separator: "\n").map { (name, $0) }
      }
    }

  /// Lines that no transcript can contain: about files, and about the failure of a script.
  private func untranscribed() throws -> [Substring] {
    let folder = try TemporaryFolder()
    let file = folder.path + "/session"
    let session = TestShell.json()
    _ = session.run(
      "spawn count; save '\(file)'; load '\(file)'; export --csv '\(file).csv'; nonsense"
    )
    let edited = session.shell.session.journalText + "@0 nice 9 1\n"
    folder.write(edited, to: "edited")
    _ = session.run("load --edited '\(folder.file("edited"))'")
    let explorer = TestShell.json()
    _ = explorer.run("spawn abba; explore --html '\(file).html'")
    var settings = Settings()
    settings.isJSON = true
    settings.isInteractive = true
    let person = TestShell(settings)
    person.host.keys = [.right, .character("q")]
    person.host.editing = { $0.replacing("}", with: "var spare; yield }") }
    person.type("spawn count; stepper; edit fresh")
    person.runLive("reset; spawn hello; live on 1000")
    person.runLive("reset; watch count(ready); break tick 2; spawn clock 3; live on 1000")
    // Somebody at another terminal.
    let desk = TestDesk(driver: 7)
    let served = TestShell.json()
    served.shell.visitors = desk
    let attached = served.type("attach")
    // No program has a lock with several ways to hold it, nor gives up waiting for one.
    let library = TestShell(settings)
    try library.shell.scheduler.createTask("reader") { os in
      try await os.readLock(try await os.rwlock("book"))
      try await os.sleep(9)
    }
    try library.shell.scheduler.createTask("writer") { os in
      try await os.writeLock(try await os.rwlock("book"), timeout: 5)
    }
    let locks = library.type("step 4", "locks")
    // Somebody waits for a client.
    _ = session.run("reset; spawn echo '\(folder.path)/socket'; run 9; handles; reset")
    // Results in files.
    let results = folder.path + "/results"
    _ = session.run("reset; spawn -m count; explore dfs --out '\(results)'")
    _ = session.run("explore merge '\(results)'")
    _ = session.run("lesson hand-in '\(folder.path)/lessons'")
    return
      (session.host.seen + explorer.host.seen + person.host.output + locks + attached
      + (try hiddenSharing()))
      .split(
        separator: "\n"
      )
  }

  /// What is said of tasks that share something which no call shows, as programs do not.
  private func hiddenSharing() throws -> String {
    let sums = """
      {"how":"dpor","with":"dpor","sampler":false,"bound":null,"runs":1,"cut":0,"steps":9,"deepest":9,"unfinished":0,\
      "schedules":null,"failing":"0","classes":1,"states":null,"chance":null,"stopped":"exhausted","part":false,\
      "finals":null,"hidden":[1,2,7],"cannot_end":"schedule1@0@manual@1"}
      """
    let json = try #require(JSON(parsing: sums))
    let exploration = try #require(Exploration(json, failures: []))
    let explored = Explored(exploration: exploration, shard: Shard())
    return JSON.object([("command", "explore")] + explored.members).text
  }

  /// The violations in a line: it must match a result of its command, or a line that is no command's result.
  private func discrepancies(
    in line: some StringProtocol,
    seen: inout [String: Swift.Set<String>]
  ) throws -> [String] {
    guard case .object(var members) = try OrderedJSON.value(of: line) else {
      return ["not an object"]
    }
    if Swift.Set(members.map(\.0)).count < members.count { return ["a key stands twice"] }
    var promises = ResultLine.others
    var title = ""
    if members.first?.0 == "command", case .string(let command)? = members.first?.1 {
      guard let found = CommandTable.all.command(named: command) else { return ["no command"] }
      promises = found.lines
      title = command
      members.removeFirst()
    }
    var all: [String] = []
    for (index, promise) in promises.enumerated() {
      var keys: Swift.Set<String> = []
      let wrong = promise.discrepancies(in: members, seen: &keys)
      if wrong.isEmpty {
        seen["\(title) \(index)", default: []].formUnion(keys)
        return []
      }
      all += wrong
    }
    return all
  }

  @Test(arguments: TranscriptFiles.names)
  func `each line is one object with the documented keys, in order`(_ name: String) throws {
    var seen: [String: Swift.Set<String>] = [:]
    for (_, line) in Self.transcribed.filter({ $0.file == name }) {
      let wrong = try discrepancies(in: line, seen: &seen)
      #expect(wrong.isEmpty, "\(wrong.joined(separator: "; ")), in \(line)")
    }
  }

  @Test func `each documented line and key occurs`() throws {
    var seen: [String: Swift.Set<String>] = [:]
    for line in Self.transcribed.map(\.line) + (try untranscribed()) {
      #expect(try discrepancies(in: line, seen: &seen) == [])
    }
    let promises =
      [("", ResultLine.others)]
      + CommandTable.all.entries.map { ($0.manual.name, $0.lines) }
    for (title, lines) in promises {
      // A command with a block prints what its commands print.
      #expect(!lines.isEmpty || BlockWords.all.contains(title), "\(title) promises nothing")
      for (index, line) in lines.enumerated() {
        guard let keys = seen["\(title) \(index)"] else {
          Issue.record("no transcript shows line \(index + 1) of '\(title)'")
          continue
        }
        for row in line.keys.flatMap({ $0.rows() }) {
          #expect(keys.contains(row.path), "no transcript shows \(row.path) of '\(title)'")
          #expect(
            !row.type.hasSuffix("or null") || keys.contains(row.path + "=null"),
            "no transcript shows null for \(row.path) of '\(title)'"
          )
        }
      }
    }
  }

  @Test func `a line that violates the documentation is detected`() throws {
    var seen: [String: Swift.Set<String>] = [:]
    for (line, told) in [
      (#"{"command":"kill","tid":1,"killed":true}"#, nil),
      (#"{"command":"kill","killed":true,"tid":1}"#, "tid is missing, or not in its place"),
      (#"{"command":"kill","tid":1}"#, "killed is missing, or not in its place"),
      (
        #"{"command":"kill","tid":1,"killed":true,"x":1}"#,
        " has a key 'x' that is not promised there"
      ),
      (#"{"command":"kill","tid":null,"killed":true}"#, "tid should be number, and is null"),
      (#"{"command":"kill","tid":1,"killed":1}"#, "killed should be true or false, and is 1"),
      (
        #"{"command":"wait","tid":1,"status":{"exited":"0"}}"#,
        "status.exited should be number, and is \"0\""
      ),
      (
        #"{"command":"run","dispatched":["1"],"dispatches":1,"tick":1,"stopped":"limit"}"#,
        "dispatched[] should be number, and is \"1\""
      ),
      (
        #"{"command":"run","dispatched":[],"dispatches":1,"tick":1,"stopped":"bored"}"#,
        "stopped should be text, and is \"bored\""
      ),
      (#"{"command":"nonsense"}"#, "no command"),
      (#"{"tick":1,"tick":1}"#, "a key stands twice"),
      (#"["command"]"#, "not an object"),
    ] as [(String, String?)] {
      let wrong = try discrepancies(in: line, seen: &seen)
      #expect(wrong.first == told, "\(line)")
    }
  }

  @Test func `text of any kind is preserved`() throws {
    let text = "a \"b\" \\ \u{1} \u{7F} \t 日本語 🙂 \u{2028} é"
    let session = TestShell.json()
    session.shell.execute("echo " + quoted(text))
    session.shell.flush()
    #expect(session.host.output.filter { $0 == "\n" }.count == 1)
    #expect(try parsedLines(session.host.output).first?["text"] as? String == text)
  }

  @Test func `results go to standard output, and errors to standard error`() throws {
    let session = TestShell.json()
    session.type("spawn crash boom; run; nonsense; echo $x; kill x")
    let results = try parsedLines(session.host.output)
    #expect(results.map { $0.command ?? "output" } == ["spawn", "output", "run"])
    let errors = try parsedLines(session.host.errors)
    #expect(errors.count == 4 && errors.allSatisfy { $0["error"] != nil })
  }
}
