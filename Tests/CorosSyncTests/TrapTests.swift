import Foundation
import Testing

/// Mistakes that kernels with locks, messages and cancellation have made, and the test that would find each here.
@Suite(.timeLimit(.minutes(15))) struct TrapTests {
  private struct Trap: CustomTestStringConvertible {
    let number: Int
    let rule: String
    /// Files below `Tests`, without `.swift`, and names of tests in them.
    let tests: [(file: String, test: String)]

    init(_ number: Int, _ rule: String, _ tests: (String, String)...) {
      self.number = number
      self.rule = rule
      self.tests = tests
    }

    var testDescription: String { "\(number): \(rule)" }
  }

  private static let model = "CorosSyncTests/ModelTests"
  private static let step = "objects are as the model has them, step for step"

  private static let traps = [
    Trap(
      1,
      "a task that is killed with a grant it has not used changes no number of permits, holders and items",
      (model, step),
      ("CorosSyncTests/MutexTests", "who is killed before it goes on never had the lock")
    ),
    Trap(
      2,
      "ownership changes in the granter's handler; nothing is free and waited for, or held by the dead",
      (model, step),
      ("CorosSyncTests/MutexTests", "nobody takes it in between")
    ),
    Trap(
      3,
      "when any waiter goes, the queue behind it is looked at in the same step",
      (
        "CorosSyncTests/RWLockTests",
        "when a waiting writer goes, the readers behind it enter at once"
      )
    ),
    Trap(
      4,
      "a task stands in one ticket, whose end empties all its queues",
      ("CorosSyncTests/ChannelTests", "one ticket stands in all queues, and leaves all"),
      ("CorosSyncTests/ChannelTests", "whose time is up has left all queues")
    ),
    Trap(
      5,
      "a notification passes on from the killed, stays with the cancelled, and is not used by the late",
      (
        "CorosSyncTests/ConditionTests",
        "killed while it waits for the mutex, it passes the notification on"
      ),
      (
        "CorosSyncTests/CancellationTests", "notified first, and cancelled then, it has waited well"
      ),
      (
        "CorosSyncTests/ConditionTests",
        "whose time is up takes the mutex first, and no notification"
      )
    ),
    Trap(
      6,
      "`wait` throws only with the mutex in its hands, and taking it again cannot be cancelled",
      ("CorosSyncTests/ConditionTests", "a timed wait throws with the mutex in its hands"),
      ("CorosSyncTests/CancellationTests", "a cancelled wait on a condition ends with the mutex")
    ),
    Trap(
      7,
      "cancel, deadline and kill in one tick or step resume a task once",
      (model, step),
      ("CorosSyncTests/MutexTests", "a deadline beats what is given in its own tick"),
      (
        "CorosSyncTests/Models/GroupModelTests",
        "groups and scopes do what they should, event for event"
      )
    ),
    Trap(
      8,
      "a cancellation behind a shield wakes nobody until the shield ends",
      ("CorosSyncTests/CancellationTests", "a shield holds it off"),
      (
        "CorosSyncTests/Models/GroupModelTests",
        "groups and scopes do what they should, event for event"
      )
    ),
    Trap(
      9,
      "the priority that counts is the defined one after every step",
      (
        "CorosSyncTests/Models/PriorityModelTests",
        "priorities are as they are defined, whatever happens"
      )
    ),
    Trap(
      10,
      "trying, locking again, handing over and taking what was left record the holder as locking does",
      (
        "CorosSyncTests/Models/PriorityModelTests",
        "priorities are as they are defined, whatever happens"
      ),
      ("CorosSyncTests/DonationTests", "a waiter on a condition lends once it wants the mutex")
    ),
    Trap(
      11,
      "who goes first is decided at the grant, by priority where the policy goes by it",
      ("CorosSyncTests/DonationTests", "a priority is asked for at the grant"),
      ("CorosSyncTests/DonationTests", "under other policies who came first goes first")
    ),
    Trap(
      12,
      "lending ends in a circle, and needs no stack along a chain",
      ("CorosSyncTests/DonationTests", "a circle ends in a deadlock, and lends what it has"),
      (
        "CorosSyncTests/DonationTests",
        "a chain of a thousand is lent to, and let go, without a stack"
      )
    ),
    Trap(
      13,
      "a change of the policy takes back what was lent, and loses no waiter",
      ("CorosSyncTests/DonationTests", "a policy that takes over has its own rules"),
      (
        "CorosSyncTests/Models/PriorityModelTests",
        "priorities are as they are defined, whatever happens"
      )
    ),
    Trap(
      15,
      "the end is a task's last event; what it held has passed on when others hear of it",
      ("CorosSyncTests/MailboxTests", "last words come before the news of the end"),
      (
        "CorosSyncTests/MutexTests",
        "what its holder leaves behind passes on, and the next is told once"
      )
    ),
    Trap(
      16,
      "ends within ends need no stack",
      ("CorosSyncTests/MailboxTests", "a chain of a hundred thousand ends without a stack"),
      ("CorosSyncTests/GroupTests", "groups within groups end with the outermost")
    ),
    Trap(
      17,
      "time travel across a hand-over gives the same holder, marks and counts",
      (model, step),
      ("CorosSyncTests/MutexTests", "checkpoints have objects of their own")
    ),
    Trap(
      18,
      "a checkpoint copies every object, and shares none",
      ("CorosSyncTests/MutexTests", "checkpoints have objects of their own")
    ),
    Trap(
      19,
      "of a channel that closes, items that are in it are received, and those of blocked senders are not",
      ("CorosSyncTests/ChannelTests", "closing ends the waits of both sides"),
      ("CorosSyncTests/ChannelTests", "what is in a closed channel is still received")
    ),
    Trap(
      20,
      "an item that comes back goes to the front, in the order of sending",
      ("CorosSyncTests/ChannelTests", "values that come back are in the order of sending"),
      (model, step)
    ),
    Trap(
      21,
      "a monitor tells once, also of a task that has ended; an end after unlinking never comes",
      (
        "CorosSyncTests/MailboxTests",
        "each monitor tells once, in the order in which they were made"
      ),
      (
        "CorosSyncTests/MailboxTests",
        "a good end, and one after the link was ended, take nobody along"
      )
    ),
    Trap(
      22,
      "a full mailbox refuses the sender; old messages are not looked at again for a new one",
      ("CorosSyncTests/MailboxTests", "a full mailbox refuses the sender, and keeps what it has"),
      ("CorosSyncTests/MailboxTests", "a flood of unwanted messages is looked at once"),
      ("CorosSyncTests/Models/MailModelTests", "each message arrives where it should")
    ),
    Trap(
      23,
      "no child outlives the killed task of its group",
      (
        "CorosSyncTests/GroupTests",
        "a task that is killed takes its children along, the newest first"
      ),
      (
        "CorosSyncTests/Models/GroupModelTests",
        "groups and scopes do what they should, event for event"
      )
    ),
    Trap(
      24,
      "reports are silent in right programs, and true ones come in the step that makes them true",
      (
        "CorosInsightTests/Lints/FalseAlarmTests",
        "no right program gives a false alarm, in random schedules"
      ),
      (
        "CorosInsightTests/Lints/FalseAlarmTests",
        "naive philosophers always show their circle when they are stuck"
      )
    ),
    Trap(
      25,
      "harmless orders of locks are not told of",
      ("CorosInsightTests/Lints/OrderLintTests", "a common gate makes two orders harmless"),
      ("CorosInsightTests/Lints/OrderLintTests", "one task alone may take them as it likes"),
      (
        "CorosInsightTests/Lints/OrderLintTests",
        "what a task tries, asks for in time, or asks for after giving back makes no order"
      ),
      (
        "CorosInsightTests/Lints/OrderLintTests",
        "two reads have no order, and a read and a write have"
      )
    ),
    Trap(
      26,
      "objects of one name and kind are one, of two kinds two",
      ("CorosSyncTests/MutexTests", "objects of one name and kind are one, of two kinds two")
    ),
    Trap(
      27,
      "a loop that makes objects ends in an error",
      ("CorosSyncTests/MutexTests", "a loop that makes mutexes ends in an error")
    ),
  ]

  /// Rules about costs, which no test measures: `pair/free-lock`, `lock/machine` and `lock/priority` of
  /// `scripts/bench` have budgets, relative to two calls that share nothing.
  private static let measured = [14, 28]

  @Test func `each rule is held by a test or a measure`() {
    #expect((Self.traps.map(\.number) + Self.measured).sorted() == Array(1...28))
  }

  @Test(arguments: traps) private func `the tests are there`(trap: Trap) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    for (file, test) in trap.tests {
      let path = root.appending(path: "\(file).swift")
      let text = try String(contentsOf: path, encoding: .utf8)
      #expect(text.contains("func `\(test)`"), "\(file): \(test)")
    }
  }
}
