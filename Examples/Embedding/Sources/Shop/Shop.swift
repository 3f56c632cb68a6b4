import CorosHistory
import CorosKernel
import CorosMonitor

/// A shop that takes orders for ever, and may be looked at while it does: `coros attach shop`.
public final class Shop {
  /// The machine of its tasks.
  public let machine = TimeMachine { Scheduler(seed: 7) }
  private var monitor: Monitor?
  private let books = Books()

  /// What the shop has done, shared by its tasks and its monitor.
  private final class Books {
    var waiting: [Int] = []
    var delivered = 0
    var isOpen = true
  }

  /// Opens the shop.
  ///
  /// - Throws: `MonitorError` when nobody could attach.
  public init() throws {
    let books = books
    try machine.act("open") { scheduler in
      _ = try scheduler.createTask("customers") { os in
        for number in 1... {
          try await os.sleep(try await os.random(below: 5))
          if books.isOpen { books.waiting.append(number) }
        }
      }
      _ = try scheduler.createTask("delivery") { os in
        while true {
          try await os.sleep(3)
          if books.waiting.isEmpty { continue }
          books.waiting.removeFirst()
          books.delivered += 1
        }
      }
    }
    monitor = try Monitor(
      machine,
      name: "shop",
      // The books are kept outside the machine: a replay would deliver everything a second time.
      replaying: .never(because: "what was delivered cannot be fetched back"),
      commands: [
        MonitorCommand("orders", "how many orders wait", isLooking: true) { _ in
          "\(books.waiting.count) wait, \(books.delivered) delivered"
        },
        MonitorCommand(
          "doors",
          "open or close the doors",
          usage: "doors open|closed",
          isLooking: false
        ) { words in
          guard let word = words.first, ["open", "closed"].contains(word) else {
            throw WrongDoors()
          }
          books.isOpen = word == "open"
          return "the doors are \(word)"
        },
      ],
      patience: .seconds(2)
    )
  }

  /// Keeps the shop going for a while.
  ///
  /// - Parameter ticks: For how long.
  public func run(ticks: Tick) {
    if let monitor { machine.run(ticks: ticks, servicing: monitor) }
  }

  /// The socket at which it is looked at; nil when `COROS_MONITOR=off`.
  public var socket: String? { monitor?.socket }
}

private struct WrongDoors: Error, CustomStringConvertible {
  var description: String { "the doors are open or closed" }
}
