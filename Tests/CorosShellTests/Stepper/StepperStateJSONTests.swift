import CorosLanguage
import Testing

@testable import CorosShell

/// States and keys on their way between terminals.
@Suite(.timeLimit(.minutes(15))) struct StepperStateJSONTests {
  /// A state in which everything is there that can be absent.
  private func full() -> (state: StepperState, view: StepperView) {
    let stepped = SteppedSession(
      "shared n = 0\nprogram bump {\nvar old = n\nn = old + 1\n}",
      "spawn bump; spawn bump; spawn clock 3; spawn crash 日本語🙂; step 7"
    )
    stepped.press("down f B s s left")
    var state = stepped.stepper.state(width: 90, height: 40)
    state.wheel = "you watch"
    state.question = ":ps_"
    state.message = StyledLine("hello", .bad)
    return (state, StepperView(state, width: 90, height: 40))
  }

  @Test func `a state comes through as it was`() throws {
    var (state, view) = full()
    for _ in 0..<2 {
      let json = try #require(JSON(parsing: state.json(for: view).text))
      let other = try #require(StepperState(json, isUnicode: true))
      #expect(other.json(for: view) == state.json(for: view))
      #expect(StepperView(other, width: 90, height: 40).lines == view.lines)
      #expect(other.items == state.items && other.source == state.source)
      #expect(other.overlay == state.overlay && other.events == state.events)
      #expect(state.source != nil && !state.timeline.isEmpty && state.followed != nil)
      state.overlay = StepperState.Overlay(title: "A page", lines: [StyledLine("text")], scroll: 0)
      view = StepperView(state, width: 90, height: 40)
    }
  }

  @Test func `a long page, long names and much output are cut on the way`() throws {
    var (state, _) = full()
    let long = String(repeating: "x", count: 100_000)
    state.policy = long
    state.output = (0..<200).map { _ in StyledLine(String(long.prefix(4_000))) }
    state.overlay = StepperState.Overlay(
      title: long,
      lines: (0..<100_000).map { StyledLine("line \($0)") },
      scroll: 99_999
    )
    let view = StepperView(state, width: 90, height: 40)
    let text = state.json(for: view).text
    #expect(text.utf8.count < 200_000)
    let other = try #require(JSON(parsing: text).flatMap { StepperState($0, isUnicode: true) })
    #expect(other.overlay?.lines.count == 1_001 && other.output.count > 1)
    #expect(other.overlay?.lines.last?.text == "and 99000 lines more, which the prompt shows")
  }

  /// Whatever a machine sends is a state that can be drawn, or none.
  @Test func `garbage is no state, or one that can be drawn`() throws {
    let (state, view) = full()
    guard case .object(let members) = state.json(for: view) else {
      Issue.record("a state is an object")
      return
    }
    let values: [JSON] = [
      .null, true, -1, .int(.max), .int(.min), .int(1 << 53), .double(1e300), "x", "\u{1B}[2J", [],
      ["x"], [[]], [["x", "plain"]], [["x"]], [["running", 5, 3]], [["running", -5, .int(.max)]],
      [:], ["tid": -1], ["heading": "x", "count": .int(1 << 60)],
      [["tid": 1, "name": "a", "spans": [["running", 0, .int(1 << 53)]]]],
      ["tid": 1, "name": "", "count": 0, "variables": [], "lines": []],
      ["title": "", "lines": [], "scroll": .int(1 << 53)],
    ]
    var drawn = 0
    for place in members.indices {
      for value in values {
        var changed = members
        changed[place].1 = value
        guard let state = StepperState(.object(changed), isUnicode: false) else { continue }
        drawn += 1
        for (width, height) in [(0, 0), (1, 1), (3, 4), (40, 12), (200, 60)] {
          let lines = StepperView(state, width: width, height: height).lines
          #expect(lines.count <= height && lines.allSatisfy { $0.width <= width })
          #expect(!lines.contains { $0.text.contains("\u{1B}") })
        }
      }
      var without = members
      without.remove(at: place)
      #expect(StepperState(.object(without), isUnicode: true) == nil, "\(members[place].0)")
    }
    #expect(drawn > 20)
    for value in values { #expect(StepperState(value, isUnicode: true) == nil) }
  }

  @Test(
    arguments: [
      .null, 7, "s", [], [:], ["width": 80], ["width": "80", "height": 24],
      ["width": 80, "height": 24, "key": "nonsense"], ["width": 80, "height": 24, "key": ""],
      ["width": 80, "height": 24, "key": ["click": [1]]],
      ["width": 80, "height": 24, "key": ["click": [.int(.max), 0]]],
      ["width": 80, "height": 24, "key": ["wheel": [1, -1]]],
      ["width": 80, "height": 24, "key": "s", "do": "slice"],
      ["width": 80, "height": 24, "do": "run"],
    ] as [JSON]
  )
  func `what is no request is refused, and opens nothing`(_ json: JSON) throws {
    let (steppers, stage) = (GuestSteppers(), TestShell())
    let answer = try #require(
      steppers.answer(json, from: 1, mayChange: true, isRunning: false, in: stage.shell)
    )
    #expect(answer.status == 2 && answer.frames.first?["error"] != nil)
    #expect(!steppers.isOpen(for: 1))
  }

  @Test func `every key comes through as it was`() throws {
    let keys: [ScreenKey] = [
      .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .enter, .escape, .backspace,
      .interrupt, .character("s"), .character("日"), .character("👨‍👩‍👧"), .character("\""),
      .click(row: 3, column: 70), .wheel(lines: -3, column: 5), .wheel(lines: 3, column: 0),
    ]
    for act in keys.map({ StepperRequest.Act.key($0) }) + [.look, .slice, .close] {
      let request = StepperRequest(act, width: 80, height: 24, isUnicode: true)
      #expect(JSON(parsing: request.json.text).flatMap { StepperRequest($0) } == request)
    }
    let huge = StepperRequest(.look, width: .max, height: .max, isUnicode: false)
    #expect(huge.width == 1_000 && huge.height == 500)
    #expect(StepperRequest(.look, width: .min, height: -1, isUnicode: false).width == 0)
  }

  @Test(
    arguments: [
      .null, "x", ["stepper": 7], ["stepper": ["tick": 1]], ["error": "no"],
      ["stepper": .null, "finished": true],
    ] as [JSON]
  )
  func `a stepper that gets no state says so, and gives the screen back`(_ frame: JSON) {
    var sent = 0
    let stepper = AttachedStepper(
      isUnicode: true,
      send: { _ in
        sent += 1
        return sent
      },
      interrupt: {}
    )
    #expect(stepper.lines(width: 80, height: 24).map(\.text) == [" waiting for the machine"])
    #expect(stepper.lines(width: 0, height: 0).isEmpty)
    // The answer to something else does not count.
    stepper.take(frame, of: 99)
    #expect(!stepper.isFinished)
    stepper.take(frame, of: 1)
    #expect(stepper.isFinished && stepper.failure?.contains("cannot be drawn") == true)
  }
}
