import CorosInsight
package import CorosKernel
import CorosLanguage

// A recipe as a line of a journal.

extension TaskRecipe {
  /// The command that makes this task: `spawn`, or `task` if it needs more detail.
  package func command(now: Tick) -> String {
    let call = ([program.name] + arguments).map(quoted).joined(separator: " ")
    if name == program.name, parameters == SchedulingParameters(), arrival == now {
      return "spawn " + (form == .machine ? "-m " : "") + call
    }
    let standard = SchedulingParameters()
    var words = [quoted("name=\(name)")]
    if form == .machine { words.append("form=machine") }
    if arrival != now { words.append("at=\(arrival)") }
    if parameters.priority != standard.priority { words.append("priority=\(parameters.priority)") }
    if parameters.tickets != standard.tickets { words.append("tickets=\(parameters.tickets)") }
    if parameters.nice != standard.nice { words.append("nice=\(parameters.nice)") }
    if let length = parameters.length { words.append("length=\(length)") }
    return "task \(words.joined(separator: " ")) \(call)"
  }

  /// Parses the words after `task`.
  package init?(_ words: [String], catalogue: Catalogue, now: Tick) {
    var name: String?
    var form = Program.Form.async
    var arrival = now
    var parameters = SchedulingParameters()
    var rest = words[...]
    while let word = rest.first, let mark = word.firstIndex(of: "=") {
      let value = String(word[word.index(after: mark)...])
      switch (word[..<mark], Int(value)) {
      case ("name", _): name = value
      case ("form", _) where value == "machine": form = .machine
      case ("at", let tick?): arrival = tick
      case ("priority", let number?): parameters.priority = number
      case ("tickets", let number?): parameters.tickets = number
      case ("nice", let number?): parameters.nice = number
      case ("length", let number?): parameters.length = number
      default: return nil
      }
      rest.removeFirst()
    }
    guard let program = rest.popFirst().flatMap({ catalogue[$0] }), arrival >= now else {
      return nil
    }
    self.init(
      program: program,
      arguments: Array(rest),
      form: form,
      name: name ?? program.name,
      parameters: parameters,
      arrival: arrival
    )
  }
}
