import CorosKernel
import Testing

@testable import CorosCommands
@testable import CorosLanguage
@testable import CorosSession
@testable import CorosShell

/// Listings of more tasks than anyone reads.
@Suite struct ListingTests {
  private func crowd(_ count: Int, isJSON: Bool = false) throws -> TestShell {
    let session = isJSON ? TestShell.json() : TestShell()
    session.type("limit tasks \(count + 1)")
    for _ in 0..<count { session.shell.execute("spawn -m spin") }
    session.shell.flush()
    _ = session.host.takeSeen()
    session.host.forgetWrites()
    return session
  }

  private func page(_ words: String = "", isJSON: Bool = false) throws -> Page {
    let command = try CommandList(parsing: "ps " + words).entries[0].command
    let arguments = try command.expanded(with: Variables())
    var invocation = Invocation(
      line: "ps " + words,
      name: arguments[0],
      arguments: Array(arguments.dropFirst())
    )
    return try Page(from: &invocation, isJSON: isJSON, Commands.Ps.manual)
  }

  /// A listing of numbers, and their sum.
  private struct Numbers: ListingResult {
    var sum = 0

    static let head: [ResultField<Self>] = [.truth("whole", "always true") { _ in true }]
    static let list = (key: "numbers", meaning: "one for each")
    static let tail: [ResultField<Self>] = [.number("sum", "of all", \.sum)]

    struct Row: ListingRow {
      let number: Int

      static let fields: [ResultField<Self>] = [
        .number("number", "it", \.number),
        .sometimes("even", .truth, "always true") { $0.number.isMultiple(of: 2) ? true : nil },
      ]
      static let columns = [TextTable.Column("NUMBER")]
      var cells: [TextTable.Cell] { [.init(number)] }
    }
  }

  @Test func `a listing is one object: its head, its rows, and its tail`() throws {
    let session = TestShell.json()
    var listing = Listing(of: "count", Numbers(), try page("-n 2 -p 2"), in: session.shell)
    for number in 1...5 {
      try listing.look()
      listing.add(Numbers.Row(number: number))
      listing.result.sum += number
    }
    listing.end { _ in "not said to a program" }
    #expect(
      session.host.takeSeen()
        == #"{"command":"count","whole":true,"numbers":[{"number":3},{"number":4,"even":true}],"sum":15}"#
        + "\n"
    )
    #expect(Numbers.lines.map { $0.keys.map(\.name) } == [["whole", "numbers", "sum"]])
    #expect(
      Numbers.lines[0].keys[1].rows().map(\.path) == [
        "numbers", "numbers[].number", "numbers[].even",
      ]
    )
  }

  @Test func `nothing prints thousands of lines by default`() throws {
    let session = try crowd(3_000)
    for command in ["ps", "ps ready", "ps -a", "stats", "tree", "queue", "info 1", "step"] {
      let lines = session.type(command).split(separator: "\n")
      #expect((1...104).contains(lines.count), "\(command)")
    }
    #expect(
      session.type("ps").hasSuffix(
        "and 2900 more tasks: `ps -p 2` shows the next, `ps -n all` all\n"
      )
    )
    #expect(session.type("ps -n all").split(separator: "\n").count == 3_001)
  }

  @Test func `rows are printed before the last task was looked at`() throws {
    let session = try crowd(0)
    var listing = Listing(of: "count", Numbers(), try page("-n all"), in: session.shell)
    listing.add(Numbers.Row(number: 7))
    #expect(session.host.seen.isEmpty)
    for _ in 0..<10_000 { try listing.look() }
    #expect(session.host.takeSeen() == "NUMBER\n7\n")
    // However many there are, only a few are held.
    var most = 0
    var written = 0
    for row in 0..<50_000 {
      try listing.look()
      listing.add(Numbers.Row(number: row))
      if !session.host.seen.isEmpty {
        let lines = session.host.takeSeen().split(separator: "\n").count
        most = max(most, lines)
        written += lines
      }
    }
    listing.end()
    written += session.host.takeSeen().split(separator: "\n").count
    #expect(written == 50_000)
    #expect((1...2_000).contains(most))
  }

  @Test func `a million tasks as JSON are one object, written piece by piece`() throws {
    let session = try crowd(5_000, isJSON: true)
    session.type("ps")
    #expect(session.host.largestWrite < session.host.output.utf8.count / 4)
    let line = try #require(try parsedLines(session.host.output).last)
    #expect((line["tasks"] as? [Any])?.count == 5_000)
  }

  @Test func `Ctrl-C ends a listing, and the JSON stays valid`() throws {
    for isJSON in [false, true] {
      let session = try crowd(25_000, isJSON: isJSON)
      _ = session.host.takeOutput()
      session.host.patience = 1
      #expect(session.shell.execute("ps -n all") == 130)
      session.shell.flush()
      #expect(session.host.takeErrors().contains("interrupted"))
      if isJSON {
        let tasks = try parsedLines(session.host.takeOutput()).first?["tasks"] as? [Any]
        #expect((10_000..<25_000).contains(try #require(tasks).count))
      }
    }
  }

  @Test(arguments: [1, 2, 3, 10, 100], [0, 1, 2, 5, 99, 100, 101])
  func `the pages contain each row of the listing once`(rows: Int, total: Int) throws {
    var seen: [Int] = []
    for number in 1...(total / rows + 2) {
      let page = try page("-n \(rows) -p \(number)")
      let found = (0..<total).filter(page.contains)
      #expect(found.count <= rows)
      let isLast = found.last == total - 1
      let isBeyond = found.isEmpty
      #expect(page.footer(total: total).isEmpty == (isLast || total == 0), "\(number)")
      #expect(page.footer(total: total).hasPrefix("there are only") == (isBeyond && total > 0))
      seen += found
    }
    #expect(seen == Array(0..<total))
  }

  @Test func `a walk over the tasks continues while they come and go`() throws {
    let scheduler = Scheduler()
    for _ in 1...10 { try scheduler.createTask { os in try await os.yield() } }
    var seen: [TaskID] = []
    for task in scheduler.tasks() {
      seen.append(task.tid)
      if task.tid == 3 {
        for victim in [1, 4, 5, 10] as [TaskID] { try scheduler.perform(KillTask(victim)) }
        try scheduler.createTask { _ in }
      }
    }
    #expect(seen == [1, 2, 3, 6, 7, 8, 9])
    #expect(scheduler.rememberedTaskCount == 4)
  }
}
