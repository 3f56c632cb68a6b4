/// A named recipe with arguments, from which tasks are spawned.
///
/// A shell gets a `Catalogue` of programs, and knows nothing else about them.
public struct Program {
  /// The name that is typed to spawn it.
  public let name: String
  /// What it does, in one line without a full stop.
  public let summary: String
  /// Its arguments, in order.
  public let parameters: [Parameter]
  /// What stepping through it teaches, in a sentence or two.
  public let lesson: String
  private let make: Maker
  private let makeMachine: Maker?

  /// Checks arguments and makes code of them.
  public typealias Maker = (ProgramArguments) throws(ProgramArgumentError) -> TaskCode

  /// The two ways in which a program can be written.
  public enum Form: String, Hashable, Sendable {
    /// As a Swift `async` function: every program has this form.
    case async
    /// As a state machine, with the same events: some have this form, too.
    case machine
  }

  /// One argument of a program.
  public struct Parameter: Hashable, Sendable {
    /// Its name in the usage line, in capitals by custom: `N`.
    public let name: String
    /// What it is, in a few words.
    public let summary: String
    /// Its default; nil when it must be given.
    public let standard: String?

    /// Describes an argument.
    public init(_ name: String, _ summary: String, standard: String? = nil) {
      self.name = name
      self.summary = summary
      self.standard = standard
    }
  }

  /// Describes a program.
  ///
  /// - Parameters:
  ///   - name: the name that is typed to spawn it.
  ///   - summary: what it does, in one line.
  ///   - parameters: its arguments; those with a default come last.
  ///   - lesson: what stepping through it teaches.
  ///   - machine: makes the same program as a state machine; nil when there is none.
  ///   - make: checks the arguments and makes the code; it runs before anything is spawned.
  public init(
    _ name: String,
    _ summary: String,
    parameters: [Parameter] = [],
    lesson: String,
    machine: Maker? = nil,
    make: @escaping Maker
  ) {
    self.name = name
    self.summary = summary
    self.parameters = parameters
    self.lesson = lesson
    self.make = make
    makeMachine = machine
  }

  /// The forms in which the program exists.
  public var forms: [Form] { makeMachine == nil ? [.async] : [.async, .machine] }

  /// How to type it: `count [N]`.
  public var usage: String {
    let words = parameters.map { $0.standard == nil ? $0.name : "[\($0.name)]" }
    return ([name] + words).joined(separator: " ")
  }

  /// Checks arguments and makes the code of a task.
  ///
  /// - Throws: `ProgramArgumentError`, with the number of the argument that is wrong.
  public func code(
    arguments: [String],
    form: Form = .async
  ) throws(ProgramArgumentError) -> TaskCode {
    guard let make = form == .machine ? makeMachine : make else {
      throw ProgramArgumentError(
        argument: nil,
        "\(name) is not written as a state machine",
        hint: "ask for its async form"
      )
    }
    if arguments.count > parameters.count {
      throw ProgramArgumentError(
        argument: parameters.count,
        "\(name) takes \(Self.count(parameters.count, "argument"))",
        hint: "usage: \(usage)"
      )
    }
    var values = arguments
    for parameter in parameters.dropFirst(arguments.count) {
      guard let standard = parameter.standard else {
        throw ProgramArgumentError(
          argument: nil,
          "\(name) needs \(parameter.name), \(parameter.summary)",
          hint: "usage: \(usage)"
        )
      }
      values.append(standard)
    }
    return try make(ProgramArguments(program: self, values: values))
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    switch number {
    case 0: "no \(noun)s"
    case 1: "one \(noun)"
    default: "at most \(number) \(noun)s"
    }
  }
}

/// The arguments of one spawn, with defaults filled in.
public struct ProgramArguments {
  let program: Program
  let values: [String]

  /// The text of an argument, by its place among the program's parameters, from 0.
  public subscript(index: Int) -> String { values[index] }

  /// An argument that must be a whole number.
  ///
  /// - Parameters:
  ///   - index: the argument's place among the program's parameters, from 0.
  ///   - range: the valid numbers.
  /// - Returns: the number.
  /// - Throws: an error that names the argument and the range.
  public func integer(
    _ index: Int,
    in range: ClosedRange<Int>
  ) throws(ProgramArgumentError) -> Int {
    guard let number = Int(values[index]), range.contains(number) else {
      throw error(index, ValueRule.number(in: range))
    }
    return number
  }

  /// An argument that must be one of a few words.
  ///
  /// - Parameters:
  ///   - index: the argument's place among the program's parameters, from 0.
  ///   - words: the valid words.
  /// - Returns: the word.
  /// - Throws: an error that names the argument and the words.
  public func word(_ index: Int, of words: [String]) throws(ProgramArgumentError) -> String {
    if words.contains(values[index]) { return values[index] }
    throw error(index, ValueRule.word(of: words))
  }

  private func error(_ index: Int, _ rule: String) -> ProgramArgumentError {
    ProgramArgumentError(
      argument: index,
      "\(program.parameters[index].name) \(rule), not '\(values[index])'",
      hint: "usage: \(program.usage)"
    )
  }
}

/// Why a program cannot be spawned with the given arguments.
public struct ProgramArgumentError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Which argument is wrong, from 0; nil when one is missing.
  public let argument: Int?
  /// What is wrong.
  public let message: String
  /// What to do instead.
  public let hint: String

  /// Makes an error about one argument, or a missing one.
  public init(argument: Int?, _ message: String, hint: String) {
    self.argument = argument
    self.message = message
    self.hint = hint
  }

  /// The message.
  public var description: String { message }
}

/// The programs that a shell offers, in the order in which it lists them.
public struct Catalogue {
  /// The programs, in order.
  public let programs: [Program]
  private let byName: [String: Program]

  /// Makes a catalogue; of two programs with the same name the first counts.
  public init(_ programs: [Program]) {
    self.programs = programs
    byName = Dictionary(programs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The program of that name; nil when there is none.
  public subscript(name: String) -> Program? { byName[name] }
}
