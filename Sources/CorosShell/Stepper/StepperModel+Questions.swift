import CorosKernel
import CorosLanguage

// The questions of the stepper, and what is typed in answer to them.

extension StepperModel {
  func ask(_ question: Question) {
    stopRunning()
    self.question = question
  }

  func askToKill(_ task: TaskID) { ask(.kill(task)) }

  func answer(_ question: Question, _ key: ScreenKey) {
    self.question = nil
    switch (question, key) {
    case (.kill(let task), .character("y")), (.kill(let task), .character("Y")):
      kill(task)
    case (.kill, _):
      say("no task was killed", .faint)
    case (.command(let text), .character(let character)):
      self.question = .command(text.count < 1_000 ? text + String(character) : text)
    case (.search(let text), .character(let character)):
      self.question = .search(text.count < 100 ? text + String(character) : text)
    case (.command(let text), .backspace) where !text.isEmpty:
      self.question = .command(String(text.dropLast()))
    case (.search(let text), .backspace) where !text.isEmpty:
      self.question = .search(String(text.dropLast()))
    case (.command(let text), .enter): if !text.isEmpty { perform(text) }
    case (.search(let text), .enter): search(text.isEmpty ? lastSearch : text)
    case (.command, _), (.search, _): break
    case (.goto(let text), .character(let character)) where Self.isDigit(character):
      // Beyond that no tick has a number.
      self.question = .goto(text.count < 18 ? text + String(character) : text)
    case (.goto(let text), .backspace) where !text.isEmpty:
      self.question = .goto(String(text.dropLast()))
    case (.goto(let text), .enter) where !text.isEmpty:
      go(toTick: text)
    case (.goto(let text), .character):
      self.question = .goto(text)
      say("a tick is a number", .faint)
    case (.goto, _):
      break
    }
  }

  /// Goes to the next line of the page that contains a text, or selects the next task that does.
  private func search(_ text: String) {
    guard !text.isEmpty else { return }
    lastSearch = text
    let wanted = text.lowercased()
    if let page = overlay {
      let order = Array(page.lines.indices.dropFirst(page.scroll + 1)) + Array(page.lines.indices)
      let line = order.first { page.lines[$0].text.lowercased().contains(wanted) }
      guard let line else { return say("'\(excerpt(of: text))' is not on this page", .faint) }
      overlay?.scroll = line
      return
    }
    let found = tasks.first(after: target) { task in
      let name = shell.scheduler.info(task)?.name ?? ""
      return "\(task) \(name)".lowercased().contains(wanted)
    }
    guard let found else { return say("no task is called '\(excerpt(of: text))'", .faint) }
    habits.selected = found
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
