import CorosKernel
import Testing

@testable import CorosHistory
@testable import CorosLanguage
@testable import CorosSession
@testable import CorosShell

/// What is drawn: a function from a state and a size to lines.
@Suite struct StepperViewTests {
  private static let ordinary = [
    "policy rr quantum=3", "spawn family", "spawn clock 10 2", "spawn count 9", "spawn circle",
    "run 20",
  ]

  private func ordinary(_ settings: Settings = Settings()) -> SteppedSession {
    SteppedSession(Self.ordinary.joined(separator: "; "), settings: settings)
  }

  // MARK: Golden screens

  @Test func `on an ordinary screen there is all that matters`() {
    #expect(
      ordinary().screen(80, 24) == """
         tick 20  rr quantum=3  8 tasks, 5 ready                            paused 10/s
         next: task 6 (child), then 7 2 3 8
        ─ Tasks ──────────────────────┬─ Events ────────────────────────────────────────
         has the CPU                  │ 15  3 count writes "6"
        ▶ 6 child                     │ 16  5 link creates a task, 'link': the answer is
         ready  4                     │     8
          7 child                     │     · task 8 (link) is created, and ready
          2 clock                     │ 17  5 link waits for task 8 to end
          3 count                     │ 18  6 child asks who it is: the answer is 6
          8 link                      │ 19  6 child asks who its parent is: the answer
         waiting for task 5           │     is 1
          4 circle                    ├─ Output ────────────────────────────────────────
         waiting for task 6           │ [3] 4
          1 family                    │ [3] 5
           and 1 more                 │ [3] 6
        ─ Time ───────────────────────┴─────────────────────────────────────────────────
                   0    5    10   15
                   ┬────┬────┬────┬────
         1 family  ███░░░░░░░███wwwwwww
         3 count   ░░░░███░░░░░░███░░░░
         4 circle  ░░░░░░░███wwwwwwwwww
         5 link             ░░░░░░░██ww
         6 child              ░░░░░░░██
         space step  ← back  Enter run  p pick  k kill  w why  g goto  ? help  q quit

        """
    )
  }

  @Test func `on a small screen there is what one cannot do without`() {
    #expect(
      ordinary().screen(40, 12) == """
         tick 20  rr quantum=3      paused 10/s
         next: task 6 (child), then 7 2 3 8
        ─ Tasks ────────────────────────────────
        ▶ 6 child                       running
          7 child                         ready
          2 clock                         ready
          3 count                         ready
           and 4 more
        ─ Events ───────────────────────────────
         19  6 child asks who its parent is: the
             answer is 1
         space step  ← back  ? help  q quit

        """
    )
  }

  @Test func `without Unicode it is drawn in ASCII`() {
    var settings = Settings()
    settings.isUnicode = false
    let stepped = ordinary(settings)
    stepped.press("left f ?")
    for (width, height) in [(40, 12), (80, 24), (300, 100)] {
      let screen = stepped.screen(width, height)
      #expect(screen.utf8.count == screen.count)
      stepped.press("down")
    }
  }

  @Test func `a huge screen has everything side by side`() {
    let stepped = ordinary()
    let screen = stepped.screen(300, 100)
    let titles = screen.split(separator: "\n").filter { $0.contains("─ Tasks ") }
    #expect(titles.count == 1 && titles[0].contains(" Events ") && titles[0].contains(" Output "))
    // From the first task to the last event, nothing had to be left out.
    #expect(screen.contains("task 1 (family) is created"))
    #expect(screen.contains("[1] task 1 was born to task 0"))
    #expect(!screen.contains(" more"))
  }

  // MARK: Any state, any size

  @Test func `no line is too wide and none too many, whatever the size and the names`() throws {
    let stepped = SteppedSession(
      "spawn family",
      "spawn count 5",
      "spawn clock 3 9",
      "run 9",
      "spawn crash 日本語のとても長いエラー🙂🙃",
      "spawn count 3"
    )
    try stepped.machine.act("task") { scheduler in
      for name in ["日本語のタスク", "👩‍🚀👩‍🚀 crew", "e\u{301}\u{301}\u{301}", "\u{1B}[2J", ""] {
        try scheduler.createTask(name) { os in
          for _ in 0..<5 { try await os.write(name + name + name) }
        }
      }
    }
    var random = RandomSource(seed: 3)
    let keys = ["s", "s", "b", "w", "?", "esc", "f", "down", "up", "g", "k", "enter", "pgdn", "n"]
    for round in 0..<300 {
      stepped.press(keys[random.next(below: keys.count)])
      stepped.pass(milliseconds: 3, from: UInt64(round) * 1_000_000_000 + 1)
      let (width, height) = (random.next(below: 200), random.next(below: 60))
      for (width, height) in [(width, height), (1, 1), (40, 12), (width, 2), (2, height)] {
        let lines = stepped.stepper.lines(width: width, height: height)
        #expect(lines.count <= height)
        for line in lines {
          #expect(line.width <= width)
          #expect(line.width == line.text.reduce(0) { $0 + $1.displayWidth })
        }
      }
    }
  }

  @Test func `of thousands of tasks only those are looked at that may be seen`() {
    var settings = Settings()
    settings.start.taskLimit = 20_000
    let workload = "workload " + (0..<5_000).map { "len=\($0 % 7 + 1)" }.joined(separator: " ")
    let stepped = SteppedSession(workload, "step 3", settings: settings)
    let state = stepped.stepper.state(width: 80, height: 24)
    #expect(state.liveCount > 4_000)
    #expect(state.items.count <= 2 * 24 + 2)
    #expect(state.timeline.count <= 24)
    #expect(state.events.count <= 24)
    let shown = state.items.count { if case .task = $0 { true } else { false } }
    #expect(state.tasksBelow + shown == state.liveCount)
    stepped.press("end")
    let lines = stepped.stepper.lines(width: 80, height: 24)
    #expect(lines.contains { line in line.runs.contains(where: \.isMarked) })
    #expect(lines.count == 24)
  }

  @Test func `the selected task is seen wherever it stands`() {
    let stepped = SteppedSession((0..<40).map { _ in "spawn count 9" }.joined(separator: "; "))
    for size in [(80, 24), (40, 12), (300, 100), (40, 7)] {
      stepped.press("home")
      for _ in 0..<40 {
        let lines = stepped.stepper.lines(width: size.0, height: size.1)
        let marked = lines.filter { $0.runs.contains(where: \.isMarked) }
        #expect(marked.count == 1)
        if let selected = stepped.stepper.selected {
          #expect(marked.first?.text.contains("\(selected) count") == true)
        }
        stepped.press("down")
      }
    }
  }

  @Test func `an empty machine says what to do`() {
    let screen = SteppedSession().screen(80, 24)
    #expect(screen.contains("no tasks"))
    #expect(screen.contains("none"))
  }

  @Test func `what was created is told, however much, until something runs`() {
    let stepped = SteppedSession((0..<300).map { _ in "spawn count 9" }.joined(separator: "; "))
    #expect(stepped.screen(80, 24).contains("task 300 (count) is created"))
    stepped.press("s")
    #expect(stepped.state.events.last?.text == "0  1 count writes \"1\"")
  }

  @Test func `a page can be scrolled to its end and no further`() {
    let stepped = SteppedSession("spawn hello")
    stepped.press("?")
    #expect(stepped.screen(40, 12).contains("space s"))
    for _ in 0..<200 {
      stepped.press("down")
      _ = stepped.screen(40, 12)
    }
    #expect(stepped.screen(40, 12).contains("the prompt"))
    let scroll = stepped.stepper.overlay?.scroll ?? 0
    stepped.press("up")
    #expect(stepped.stepper.overlay?.scroll == scroll - 1)
    stepped.press("q")
    #expect(stepped.stepper.overlay == nil && !stepped.stepper.isFinished)
  }
}
