package import CorosLanguage

// What those attached hear without asking.

extension AttachServer {
  var snapshot: JSON {
    let place = machine.place
    return ["moved": ["tick": .int(place.tick), "moment": .int(place.moment)]]
  }

  /// Tells where the machine stands now, if it has moved; during a run a few times a second.
  ///
  /// - Parameter isRunning: Whether a command is running.
  package func tellPlace(isRunning: Bool = false) {
    let place = machine.place
    guard place != toldPlace, !isRunning || clock() - toldAt >= 200 else { return }
    toldPlace = place
    toldAt = clock()
    for client in clients where client.greeting != nil {
      client.connection.tell(snapshot, snapshot: { snapshot })
    }
  }

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
