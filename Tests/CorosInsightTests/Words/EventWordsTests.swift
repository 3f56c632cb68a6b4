import CorosKernel
import Testing

@testable import CorosInsight

/// The description of a system call and of its outcome.
@Suite struct EventWordsTests {
  @Test(arguments: [
    (Event.Action.replied(.missing), "waits for task 99, but there is no such task"),
    (.replied(.value("exited 3")), "waits for task 99, which has ended: exited 3"),
    (.blocked(on: .task(99), until: nil), "waits for task 99 to end"),
    (.refused("timed out"), "waits for task 99, which fails: timed out"),
  ])
  func `waiting for a task`(_ outcome: Event.Action, _ sentence: String) {
    #expect(EventWords.sentence(WaitTask(99).summary, outcome) == sentence)
  }

  private struct Custom: SystemCall {
    let arguments = "of mine"
    func handle(in kernel: KernelContext) -> Disposition<Void> { .reply(()) }
  }

  @Test func `an embedder's call is shown by name, one of the kernel's is described`() {
    #expect(EventWords.sentence(Custom().summary, nil) == "calls Custom(of mine)")
    for type in KernelCalls.all {
      let call = CallSummary(type: type, arguments: "1")
      #expect(!EventWords.sentence(call, nil).hasPrefix("calls"), "\(call)")
    }
    #expect(EventWords.sentence(Random(below: 6).summary, .replied(.value("4"))).hasSuffix("4"))
    #expect(EventWords.sentence(Yield().summary, .replied(.nothing)) == "yields the CPU")
  }
}
