import CorosKernel
import CorosTestSupport
import Testing

@testable import CorosShell

/// The pane with the text that a task runs.
@Suite(.timeLimit(.minutes(15))) struct StepperSourceTests {
  /// Three tasks that count together, opened before the first step.
  private func race(_ keys: String) -> SteppedSession {
    let stepped = SteppedSession(
      "shared n = 0",
      """
      program bump(times) {
        var old = 0
        repeat times {
          old = n
          n = old + 1
        }
        write n
      }
      """,
      "spawn bump 2",
      "spawn bump 2",
      "spawn bump 2"
    )
    stepped.press(keys)
    return stepped
  }

  @Test func `on an ordinary screen the line, the variables and the others are seen`() {
    #expect(
      race("s s s s down").screen(80, 24) == """
         tick 4  rr quantum=1  3 tasks, 3 ready                             paused 10/s
         next: task 2 (bump), then 3 1
        ─ Tasks ──────────────────────┬─ bump, task 3 ──────────────────────────────────
         ready  3                     │ 3    repeat times {
        ▶ 2 bump                      │ 4      old = n                              ← 1
          3 bump                      │▶5      n = old + 1                          ← 2
          1 bump                      │ 6    }
                                      │ 7    write n
                                      │ times = 2, old = 0
                                      ├─ Events ────────────────────────────────────────
                                      │ 0  task 1 (bump) is created, and ready
                                      │ 0  task 2 (bump) is created, and ready
                                      │ 0  task 3 (bump) is created, and ready
                                      │ 0  1 bump line 4: reads n: 0
                                      │ 1  2 bump line 4: reads n: 0
                                      │ 2  3 bump line 4: reads n: 0
                                      │ 3  1 bump line 5: writes n = 1
        ─ Time ───────────────────────┴─────────────────────────────────────────────────
                 0
                 ┬───
         1 bump  █░░█
         2 bump  ░█░░
         3 bump  ░░█░
         space step  ← back  Enter run  p pick  k kill  w why  g goto  ? help  q quit

        """
    )
  }

  @Test func `on a small screen the line and the variables are seen`() {
    #expect(
      race("s s s s down").screen(40, 12) == """
         tick 4  rr quantum=1       paused 10/s
         next: task 2 (bump), then 3 1
        ▶ 2 bump                          ready
          3 bump                          ready
          1 bump                          ready
        ─ bump, task 3: times = 2, old = 0 ─────
         4      old = n                     ← 1
        ▶5      n = old + 1                 ← 2
        ─ Events ───────────────────────────────
         2  3 bump line 4: reads n: 0
         3  1 bump line 5: writes n = 1
         space step  ← back  ? help  q quit

        """
    )
  }

  @Test func `on a huge screen it stands above the events`() {
    let lines = race("s s").screen(200, 50).split(separator: "\n")
    let text = lines.firstIndex { $0.contains("─ bump, task 3 ") }
    let events = lines.firstIndex { $0.contains("─ Events ") }
    #expect(text != nil && events != nil && (text ?? 0) < (events ?? 0))
    #expect(lines.contains { $0.contains("times = 2, old = 0") })
  }

  @Test func `a long text is shown around the line, and to its end`() {
    let body = (1...200).map { "  n = \($0)" }.joined(separator: "\n")
    let stepped = SteppedSession(
      "shared n = 0",
      "program long {\n\(body)\n}",
      "spawn long",
      "step 100"
    )
    #expect(stepped.screen().contains("│▶102    n = 101"))
    stepped.session.type("step 100")
    stepped.stepper.machineHasChanged()
    #expect(stepped.screen().contains("│▶202  }"))
  }

  @Test func `a task without a text has no such pane, and neither has a page`() {
    let stepped = SteppedSession("spawn count", "shared n = 0", "program a { n = 1 }", "spawn a")
    #expect(stepped.state.source == nil)
    stepped.press("end")
    #expect(stepped.state.source?.lines.map(\.text) == ["program a { n = 1 }"])
    #expect(stepped.screen().contains("─ a, task 2 "))
    stepped.press("?")
    #expect(!stepped.screen().contains("─ a, task 2 "))
  }

  @Test func `whatever the size, no line is too wide and none too many`() {
    let stepped = race("")
    var random = RandomSource(seed: 5)
    let keys = ["s", "b", "down", "up", "esc", "n", "s", "w"]
    for _ in 0..<300 {
      stepped.press(keys[random.next(below: keys.count)])
      let (width, height) = (random.next(below: 200), random.next(below: 60))
      let lines = stepped.stepper.lines(width: width, height: height)
      #expect(lines.count <= height && lines.allSatisfy { $0.width <= width })
    }
  }

  @Test func `a thread in assembly shows its registers`() throws {
    let stepped = SteppedSession("asm \(packageFolder)/Examples/asm/race.s bx=2", "step 2")
    let source = try #require(stepped.state.source)
    #expect(source.variables.contains("bx = 2"))
    #expect(source.lines.contains { $0.isCurrent })
  }
}
