import CorosKernel
import CorosLanguage
import CorosSync

/// Checks a program and turns it into code, in one walk.
///
/// Procedures become part of the code where they are called. This file has what all parts of the walk use.
struct Compiler {
  /// A loop that is being compiled.
  struct Loop {
    var breaks: [Int] = []
    /// How many critical sections were open where it began.
    let sections: Int
    /// How many scopes were.
    let openScopes: Int
    /// How many groups were.
    let openGroups: Int
  }

  let definitions: Definitions
  var parts = CompiledParts()
  /// The names of the open scopes, innermost last.
  var scopes: [[String: Binding]] = [[:]]
  /// The first register that is free.
  var top: Int32 = 0
  var loops: [Loop] = []
  /// The critical sections that are open.
  var sections: [Int32] = []
  /// The registers of the scopes that are open: parts with a time limit, and shielded ones.
  var openScopes: [Int32] = []
  /// The registers of the groups that are open.
  var openGroups: [Int32] = []
  /// The critical sections that have been entered so far.
  var entered: [Int32] = []
  /// What the present atomic part is called; nil outside.
  var atomic: String?
  /// Makes the objects of critical sections.
  let makeSection: (String) throws -> Object<CriticalSection>?
  /// The names outside the program that it uses.
  var uses: Set<String> = []
  /// The procedures that are being expanded, outermost first.
  var expanding: [String] = []
  /// The symbols that the present condition reads.
  var touched: [Int32] = []
  /// Whether it reads a parameter, which may be anything.
  var touchesParameter = false
  /// The line to note for instructions, while a procedure is expanded.
  var lineOfCall: Int32?
  /// The text of the procedure that is being expanded.
  var textOfProcedure: String?
  /// The parameters of the program itself, for `spawn`.
  var ownKinds: [ValueKind] = []
  private var symbolNumbers: [String: Int32] = [:]
  private var constantNumbers: [Int: Int32] = [:]
  private let lineStarts: [Int]

  /// The most instructions of a program.
  static let mostInstructions = 20_000

  init(
    _ definitions: Definitions,
    text: String,
    makeSection: @escaping (String) throws -> Object<CriticalSection>?
  ) {
    self.definitions = definitions
    self.makeSection = makeSection
    parts.text = text
    var starts = [0]
    for (offset, byte) in text.utf8.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  /// The line of a place in the text, from 1.
  func line(of range: SourceRange) -> Int32 {
    if let lineOfCall { return lineOfCall }
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= range.lowerBound { low = middle } else { high = middle }
    }
    return Int32(low + 1)
  }

  // MARK: Instructions

  @discardableResult
  mutating func emit(
    _ operation: Instruction.Operation,
    _ a: Int32 = 0,
    _ b: Int32 = 0,
    _ c: Int32 = 0,
    at range: SourceRange
  ) throws(ProgramError) -> Int {
    guard parts.instructions.count < Self.mostInstructions else {
      throw ProgramError(
        "this program is too long: it has more than \(Self.mostInstructions) instructions",
        at: range,
        hint: "procedures count where they are called"
      )
    }
    parts.instructions.append(Instruction(operation: operation, a: a, b: b, c: c))
    parts.lines.append(line(of: range))
    return parts.instructions.count - 1
  }

  /// The place of the next instruction.
  var here: Int32 { Int32(parts.instructions.count) }

  /// Has a jump lead to the next instruction.
  mutating func land(_ jump: Int) {
    let old = parts.instructions[jump]
    switch old.operation {
    case .jumpIfFalse, .jumpIfTrue:
      parts.instructions[jump] = Instruction(
        operation: old.operation,
        a: old.a,
        b: here,
        c: old.c
      )
    default:
      parts.instructions[jump] = Instruction(
        operation: old.operation,
        a: here,
        b: old.b,
        c: old.c
      )
    }
  }

  // MARK: Registers

  mutating func allocate() -> Int32 {
    defer { top += 1 }
    parts.frameSize = max(parts.frameSize, Int(top) + 1)
    return top
  }

  mutating func constant(_ value: Int) -> Int32 {
    if let number = constantNumbers[value] { return ~number }
    let number = Int32(parts.constants.count)
    parts.constants.append(value)
    constantNumbers[value] = number
    return ~number
  }

  /// The value of a constant register; nil for others.
  func known(_ register: Int32) -> Int? {
    register < 0 && register != Instruction.none ? parts.constants[Int(~register)] : nil
  }

  mutating func number(of symbol: Symbol) -> Int32 {
    if let number = symbolNumbers[symbol.name] { return number }
    let number = Int32(parts.symbols.count)
    parts.symbols.append(symbol)
    symbolNumbers[symbol.name] = number
    return number
  }

  // MARK: Scopes

  mutating func declare(_ name: ProgramName, _ kind: ValueKind) throws(ProgramError) -> Int32 {
    if case .local? = scopes[scopes.count - 1][name.text] {
      throw ProgramError(
        "there is a variable `\(name.text)` already",
        at: name.range,
        hint: "leave out `var` to change it"
      )
    }
    let register = allocate()
    scopes[scopes.count - 1][name.text] = .local(register, kind)
    parts.variables.append(
      Code.Variable(name: name.text, register: register, kind: kind, range: Int(here)..<Int.max)
    )
    return register
  }

  /// Compiles something in a scope of its own.
  mutating func inScope<Result>(
    _ body: (inout Compiler) throws(ProgramError) -> Result
  ) throws(ProgramError) -> Result {
    let (before, known) = (top, parts.variables.count)
    scopes.append([:])
    let result = try body(&self)
    scopes.removeLast()
    for index in known..<parts.variables.count where parts.variables[index].range.upperBound == .max
    {
      let variable = parts.variables[index]
      parts.variables[index] = Code.Variable(
        name: variable.name,
        register: variable.register,
        kind: variable.kind,
        range: variable.range.lowerBound..<max(variable.range.lowerBound, Int(here))
      )
    }
    top = before
    return result
  }

  /// What a name stands for.
  mutating func binding(_ name: ProgramName) throws(ProgramError) -> Binding {
    for scope in scopes.reversed() {
      if let binding = scope[name.text] { return binding }
    }
    uses.insert(name.text)
    switch definitions.entries[name.text] {
    case .cells(let symbol, let isTruth)?:
      return .cells(number(of: symbol), isTruth: isTruth, element: nil)
    case .object(let kind, let symbol)?:
      return .object(kind, number(of: symbol), element: nil)
    default: throw unknown(name)
    }
  }

  private func unknown(_ name: ProgramName) -> ProgramError {
    if let kind = definitions.kind(of: name.text) {
      return ProgramError(
        "`\(name.text)` is \(kind), which does not fit here",
        at: name.range,
        hint: kind == "a program" ? "`spawn \(name.text)` makes a task of it" : ""
      )
    }
    let names = scopes.flatMap(\.keys) + definitions.order
    return ProgramError(
      "there is nothing called `\(excerpt(of: name.text))`",
      at: name.range,
      hint: Suggestion.question(for: name.text, among: names)
        ?? "declare it first: `shared \(name.text) = 0`, or `var \(name.text)` in the program"
    )
  }
}
