internal import CorosInsight
internal import CorosKernel
internal import CorosLanguage
internal import CorosMachine

/// The reason why a command of a journal was not performed.
struct OrderError: Error {
  let message: String

  init(_ message: String) { self.message = message }
}

// The commands in a journal: the operator's acts as text.

extension Session {
  /// The names of the commands that a journal may contain.
  package static let orders = [
    "spawn", "kill", "cancel", "or-kill", "send", "stop", "resume", "policy", "seed", "limit",
    "machine", "pipe", "pick", "nice", "tickets", "priority", "task", "asm",
  ]

  /// Performs a command.
  ///
  /// - Parameter text: One of `orders`, and its arguments.
  /// - Throws: The reason why it failed.
  func carryOut(_ text: String) throws(OrderError) {
    if ProgramWords.definitions.contains(String(text.prefix { !$0.isWhitespace })) {
      do throws(ProgramError) {
        return try define(text)
      } catch {
        throw OrderError(error.message)
      }
    }
    let words = try Self.words(of: text)
    let rest = Array(words.dropFirst())
    if let parameter = TaskParameter(rawValue: words[0]), rest.count == 2 {
      let tid = try tid(rest[0])
      let value = try number(rest[1], parameter.meaning, in: parameter.range)
      return try attempt { try set(parameter, to: value, of: tid) }
    }
    switch (words[0], rest.count) {
    case ("spawn", 1...): try spawn(rest)
    case ("task", 1...): try makeTask(rest)
    case ("asm", 2...): try assemble(rest)
    case ("policy", 1...): try use(rest)
    case ("seed", 1):
      guard let seed = UInt64(rest[0]) else {
        throw OrderError("the seed must be a whole number, not '\(excerpt(of: rest[0]))'")
      }
      reseed(seed)
    case ("limit", 2) where rest[0] == "tasks":
      setTaskLimit(try number(rest[1], "the limit", in: 0...10_000_000))
    case ("limit", 2) where rest[0] == "handles":
      let limit = try number(rest[1], "the limit", in: 0...1_000_000)
      try attempt { try setHandleLimit(limit) }
    case ("machine", 1...): try changeHardware(rest)
    case ("pick", 1):
      let tid = try tid(rest[0])
      try attempt { try pick(tid) }
    case ("kill", 1):
      let tid = try tid(rest[0])
      try attempt { try kill(tid) }
    case ("cancel", 1...2):
      let tid = try tid(rest[0])
      try attempt { try cancel(tid, because: rest.count == 2 ? rest[1] : "") }
    case ("or-kill", 2):
      let tid = try tid(rest[0])
      let ticks = try number(rest[1], "the number of ticks", in: 0...1_000_000_000)
      try attempt { try killLater(tid, after: ticks) }
    case ("send", 2):
      let tid = try tid(rest[0])
      try attempt { try send(rest[1], to: tid) }
    case ("pipe", 2):
      let (writer, reader) = (try tid(rest[0]), try tid(rest[1]))
      try attempt { try join(writer, to: reader) }
    case ("stop", 1):
      let tid = try tid(rest[0])
      try attempt { try stop(tid) }
    case ("resume", 1):
      let tid = try tid(rest[0])
      try attempt { try resume(tid) }
    default:
      throw OrderError("this is not how `\(words[0])` is written")
    }
  }

  /// The words of a command, without quotes.
  private static func words(of text: String) throws(OrderError) -> [String] {
    do throws(SyntaxError) {
      let list = try CommandList(parsing: text)
      if list.entries.count == 1 {
        let words = try list.entries[0].command.expanded(with: NoVariables()).map(\.text)
        if !words.isEmpty { return words }
      }
    } catch {
      throw OrderError(error.message)
    }
    throw OrderError("this is not one order")
  }

  private func attempt<Value>(_ request: () throws -> Value) throws(OrderError) {
    do {
      _ = try request()
    } catch RequestFailure.refused(let message) {
      throw OrderError(message)
    } catch RequestFailure.badArguments(let error) {
      throw OrderError(error.message)
    } catch {
      throw OrderError(String(describing: error))
    }
  }

  private func spawn(_ words: [String]) throws(OrderError) {
    var words = words[...]
    let form: Program.Form = words.first == "-m" ? .machine : .async
    if form == .machine { words.removeFirst() }
    let name = words.popFirst() ?? ""
    guard let program = catalogue[name] else {
      throw OrderError("there is no program '\(excerpt(of: name))'")
    }
    try attempt { try spawn(program, Array(words), form: form) }
  }

  private func makeTask(_ words: [String]) throws(OrderError) {
    guard let recipe = TaskRecipe(words, catalogue: catalogue, now: scheduler.now) else {
      throw OrderError("this is not how a task is made")
    }
    try attempt { try make(recipe) }
  }

  private func assemble(_ words: [String]) throws(OrderError) {
    let program: AssemblyLoad
    do throws(AssemblyError) {
      var settings = LoadSettings()
      for word in words.dropFirst(2) { try settings.set(word) }
      program = try AssemblyLoad(words[1], name: words[0], settings)
    } catch {
      throw OrderError(error.message)
    }
    try attempt { try load(program) }
  }

  private func use(_ words: [String]) throws(OrderError) {
    do throws(PolicyError) {
      use(try PolicyChoice.parse(name: words[0], settings: Array(words.dropFirst())))
    } catch {
      throw OrderError(error.message)
    }
  }

  private func changeHardware(_ words: [String]) throws(OrderError) {
    var hardware = scheduler.hardware
    do throws(HardwareError) {
      for word in words { try hardware.set(word) }
    } catch {
      throw OrderError(error.message)
    }
    use(hardware)
  }

  private func tid(_ word: String) throws(OrderError) -> TaskID {
    TaskID(rawValue: try number(word, "a task id", in: 1...Int.max))
  }

  private func number(
    _ word: String,
    _ meaning: String,
    in range: ClosedRange<Int>
  ) throws(OrderError) -> Int {
    guard let number = Int(word), range.contains(number) else {
      throw OrderError("'\(excerpt(of: word))' is not \(meaning)")
    }
    return number
  }
}

/// A journal has no variables.
private struct NoVariables: VariableLookup {
  let arguments: [String] = []
  let names: [String] = []

  func value(of variable: Variable) -> String? { nil }
}
