import CorosKernel
import Testing

@testable import CorosMachine

/// What each instruction of a run wrote.
@Suite(.timeLimit(.minutes(15))) struct TraceTests {
  /// Two threads that add to one cell; all numbers that they leave can be worked out on paper.
  private static let race = """
    .var count
    mov count, %ax
    add $1, %ax
    mov %ax, count
    halt
    """

  private func trace(
    _ text: String,
    every interval: Int,
    limit: Int = 100
  ) throws
    -> [TracedInstruction]
  {
    let load = try AssemblyLoad(text, name: "test.s", LoadSettings(["threads=2"]))
    return try load.trace(policy: TimerRoundRobin(interval: interval), limit: limit)
  }

  @Test func `an interrupted race loses an update`() throws {
    let trace = try trace(Self.race, every: 2)
    #expect(trace.map(\.thread) == [0, 0, 1, 1, 0, 0, 1, 1])
    #expect(
      trace.map { $0.change.map { "\($0.place)=\($0.after)" } ?? "-" }
        == ["%ax=0", "%ax=1", "%ax=0", "%ax=1", "count=1", "-", "count=1", "-"]
    )
    #expect(trace.map(\.line) == [2, 3, 2, 3, 4, 5, 4, 5])
  }

  @Test func `each number is the one before it, until it is written`() throws {
    for interval in 1...6 {
      var cells: [String: Int] = [:]
      for step in try trace(Self.race, every: interval) {
        guard let change = step.change else { continue }
        let place = change.place.hasPrefix("%") ? "\(step.thread)\(change.place)" : change.place
        #expect(change.before == cells[place, default: 0])
        #expect(step.before[change.place] == change.before)
        cells[place] = change.after
      }
      #expect(cells["count"] == (interval < 3 ? 1 : 2))
    }
  }

  @Test func `comparisons, jumps and writes to the stack leave no number`() throws {
    let text = """
      test $0, %ax
      je .next
      .next
      push %ax
      pop %bx
      halt
      """
    let changes = try trace(text, every: 50).prefix(5).map { $0.change?.place }
    #expect(changes == [nil, nil, nil, "%bx", nil])
  }

  @Test func `an exchange shows the register`() throws {
    let trace = try trace("mov $5, %ax\nxchg %ax, 2000\nhalt", every: 50)
    #expect(trace[1].change == .init(place: "%ax", before: 5, after: 0))
  }

  @Test func `a run without an end is cut off`() throws {
    #expect(try trace(".top\nadd $1, %ax\nj .top", every: 3, limit: 25).count == 25)
  }
}
