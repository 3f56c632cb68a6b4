import CorosLanguage
import Testing

@testable import CorosServer

// What those attached hear about where the machine stands, and whether it runs.

extension AttachServerTests {
  @Test func `a machine that moves says so, a few times a second`() throws {
    let visitor = try stage.visitor()
    _ = stage.frames(visitor)
    stage.machine.place = (5, 9)
    #expect(stage.frames(visitor) == [["moved": ["tick": 5, "moment": 9]]])
    for tick in 6..<100 {
      stage.machine.place = (tick, tick)
      #expect(stage.frames(visitor, isRunning: true).isEmpty)
    }
    stage.clock.now += 200
    #expect(stage.frames(visitor, isRunning: true).count == 1)
  }

  @Test func `the last move of a machine that runs by itself is told, and so is its end`() throws {
    let visitor = try stage.visitor()
    _ = stage.frames(visitor)
    #expect(stage.server.timeout == nil)
    stage.machine.isRunningByItself = true
    stage.machine.place = (5, 5)
    stage.clock.now += 200
    #expect(stage.frames(visitor).count == 1)
    stage.machine.place = (6, 6)
    #expect(stage.frames(visitor).isEmpty && stage.server.timeout == 200)
    stage.clock.now += 150
    #expect(stage.frames(visitor).isEmpty && stage.server.timeout == 50)
    stage.clock.now += 50
    #expect(stage.frames(visitor) == [["moved": ["tick": 6, "moment": 6]]])
    // Whoever makes it run may fall silent, so that is looked for.
    #expect(stage.server.timeout == 1_000)
    stage.machine.isRunningByItself = false
    #expect(stage.frames(visitor) == [["moved": ["tick": 6, "moment": 6]]])
    #expect(stage.server.timeout == nil)
  }

  @Test func `what happens to a machine that does not move is told, too`() throws {
    let visitor = try stage.visitor()
    _ = stage.frames(visitor)
    stage.machine.standing += 1
    #expect(stage.frames(visitor) == [["moved": ["tick": 0, "moment": 0]]])
    #expect(stage.frames(visitor).isEmpty)
  }

  @Test func `where nobody is attached, nothing is looked for`() {
    stage.machine.isRunningByItself = true
    stage.machine.place = (7, 7)
    #expect(stage.server.timeout == nil)
  }
}
