import Testing

@testable import CorosTerminal

@Suite struct IdlePacerTests {
  private let millisecond: UInt64 = 1_000_000

  @Test func `work is due at the start`() {
    #expect(IdlePacer().isDue(at: 0))
    #expect(IdlePacer().timeout(at: 5) == 0)
  }

  @Test func `work that asks for a pause gets it`() {
    var pacer = IdlePacer()
    pacer.ran(.after(milliseconds: 10), at: 0)
    #expect(!pacer.isDue(at: 9 * millisecond))
    #expect(pacer.timeout(at: 0) == 10)
    #expect(pacer.timeout(at: 9 * millisecond + 1) == 1)
    #expect(pacer.isDue(at: 10 * millisecond))
    #expect(pacer.timeout(at: 11 * millisecond) == 0)
  }

  @Test func `keys come first, but not forever`() {
    var pacer = IdlePacer()
    pacer.ran(.immediately, at: 0)
    #expect(pacer.isDue(at: 0))
    #expect(!pacer.isOverdue(at: IdlePacer.patience - 1))
    #expect(pacer.isOverdue(at: IdlePacer.patience))
  }

  @Test func `work that waits for a key is due after a key`() {
    var pacer = IdlePacer()
    pacer.ran(.whenKeyPressed, at: 0)
    #expect(!pacer.isDue(at: .max))
    #expect(pacer.timeout(at: 0) == -1)
    pacer.keyPressed(at: 7)
    #expect(pacer.isDue(at: 7))
  }

  @Test func `a key does not end a pause`() {
    var pacer = IdlePacer()
    pacer.ran(.after(milliseconds: 10), at: 0)
    pacer.keyPressed(at: 1)
    #expect(!pacer.isDue(at: millisecond))
  }

  @Test func `extreme times are handled`() {
    var pacer = IdlePacer()
    pacer.ran(.after(milliseconds: -5), at: 3)
    #expect(pacer.isDue(at: 3))
    pacer.ran(.after(milliseconds: .max), at: 3)
    #expect(pacer.timeout(at: 3) == 86_400_000)
  }
}
