package import CorosLanguage

// What those attached hear without asking.

extension AttachServer {
  var snapshot: JSON {
    let place = machine.place
    return ["moved": ["tick": .int(place.tick), "moment": .int(place.moment)]]
  }

  /// Tells where the machine stands now, if anything has happened to it.
  ///
  /// - Parameter isRunning: Whether it moves on all the time: then that is told a few times a second, and the last
  ///   move when `timeout` is over.
  package func tellPlace(isRunning: Bool = false) {
    guard hasNews, !isRunning || clock() - toldAt >= Self.newsMilliseconds else { return }
    toldPlace = machine.place
    toldStanding = machine.standing
    toldAt = clock()
    for client in clients where client.greeting != nil {
      client.connection.tell(snapshot, snapshot: { snapshot })
    }
  }

  /// Whether the machine does not stand as it was last told.
  private var hasNews: Bool {
    machine.place != toldPlace || machine.standing != toldStanding
  }

  /// When to look again whether there is something to tell, in milliseconds from now; nil if that needs no look.
  var timeToNews: Int? {
    guard isAttended else { return nil }
    if hasNews { return max(0, toldAt + Self.newsMilliseconds - clock()) }
    // Whoever makes it run may fall silent.
    return machine.isRunningByItself ? Self.lookMilliseconds : nil
  }

  private static let newsMilliseconds = 200
  private static let lookMilliseconds = 1_000

  /// Tells what a task has written.
  package func tell(output text: String, by task: Int) {
    for client in clients where client.greeting != nil {
      client.connection.tell(
        ["output": ["tid": .int(task), "text": .string(text)]],
        snapshot: { snapshot }
      )
    }
  }

  /// Tells everybody something that no line has asked for.
  package func tell(note text: String) {
    for client in clients where client.greeting != nil {
      client.connection.tell(["note": .string(text)], snapshot: { snapshot })
    }
  }

  /// Tells what has happened to those who want to hear it.
  package func tell(event: @autoclosure () -> JSON) {
    for client in clients where client.greeting?.wantsEvents == true {
      client.connection.tell(["event": event()], snapshot: { snapshot })
    }
  }

  func tellWishes() {
    let greetings = clients.compactMap(\.greeting)
    let wishes = (output: !greetings.isEmpty, events: greetings.contains(where: \.wantsEvents))
    guard wishes != toldWishes else { return }
    toldWishes = wishes
    machine.report(output: wishes.output, events: wishes.events)
  }
}
