/// Reads a program in assembly.
struct AssemblyParser {
  private var instructions: [SourceLine] = []
  private var labels: [String: Int] = [:]
  private var variables: [(name: String, cell: Int)] = []
  private var cells: [String: Int] = [:]
  private let start: Int
  private let size: Int

  /// The most lines of a program.
  private static let longest = 100_000

  /// Reads a program.
  ///
  /// - Parameters:
  ///   - text: The program.
  ///   - name: The name of its file.
  ///   - start: Where the instructions are loaded.
  ///   - kilobytes: The memory, in units of 1024 cells.
  /// - Returns: The program.
  /// - Throws: The first mistake, with its line.
  static func parse(
    _ text: String,
    name: String,
    start: Int,
    kilobytes: Int
  ) throws(AssemblyError) -> Assembly {
    var parser = AssemblyParser(start: start, size: kilobytes * 1_024)
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard lines.count <= longest else {
      throw AssemblyError("the program has more than \(longest) lines")
    }
    for (index, line) in lines.enumerated() {
      if let line = SourceLine(line, number: index + 1) { try parser.read(line) }
    }
    return try parser.finish(name: name, text: text)
  }

  private init(start: Int, size: Int) {
    self.start = start
    self.size = size
  }

  private mutating func read(_ line: SourceLine) throws(AssemblyError) {
    let name = String(line.name.text)
    if name == ".var" { return try declare(line) }
    guard name.hasPrefix(".") else {
      instructions.append(line)
      return
    }
    guard line.rest.text.isEmpty else {
      throw line.error(
        "a label stands in a line of its own",
        at: line.rest,
        hint: "write the instruction in the next line"
      )
    }
    guard name.count > 1 else {
      throw line.error("this label has no name", hint: "for example .again")
    }
    guard labels[name] == nil else {
      throw line.error(
        "there is a label \(name.prefix(40)) already",
        hint: "give one of them another name"
      )
    }
    labels[name] = start + instructions.count
  }

  private mutating func declare(_ line: SourceLine) throws(AssemblyError) {
    let words = line.rest.text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard (1...2).contains(words.count), let name = words.first else {
      throw line.error("this is not how a variable is declared", hint: ".var NAME, or .var NAME N")
    }
    guard let first = name.first, first.isLetter || first == "_",
      name.allSatisfy({ $0.isLetter || $0.isNumber || "_.-".contains($0) })
    else {
      throw line.error(
        "'\(name.prefix(40))' cannot be the name of a variable",
        at: line.rest,
        hint: "a name begins with a letter"
      )
    }
    guard cells[name] == nil else {
      throw line.error(
        "there is a variable \(name.prefix(40)) already",
        at: line.rest,
        hint: "each is declared once"
      )
    }
    var count = 1
    if words.count == 2 {
      guard let number = Int(words[1]), (1...size).contains(number) else {
        throw line.error(
          "\(name.prefix(40)) cannot have '\(words[1].prefix(40))' words",
          at: line.rest,
          hint: "from 1 to \(size)"
        )
      }
      count = number
    }
    let cell = (variables.last == nil ? Assembly.firstVariable : nextCell)
    guard cell + count * Assembly.wordSize <= start else {
      throw line.error(
        "the variables reach the instructions, which begin at cell \(start)",
        at: line.rest,
        hint: "load the program at a higher cell: load=\(cell + count * Assembly.wordSize)"
      )
    }
    variables.append((name, cell))
    cells[name] = cell
    nextCell = cell + count * Assembly.wordSize
  }

  private var nextCell = Assembly.firstVariable

  private func finish(name: String, text: String) throws(AssemblyError) -> Assembly {
    guard !instructions.isEmpty else {
      throw AssemblyError("there is no instruction", hint: "the shortest program is `halt`")
    }
    guard start + instructions.count <= size else {
      throw AssemblyError(
        "the program does not fit: \(instructions.count) instructions from cell \(start) on need more than "
          + "\(size) cells",
        hint: "memory=N gives it N times 1024 cells"
      )
    }
    var parsed: [(Instruction, line: Int, words: String)] = []
    for line in instructions {
      parsed.append((try instruction(line), line.number, line.words))
    }
    return Assembly(
      name: name,
      text: text,
      instructions: parsed,
      variables: variables,
      start: start,
      size: size
    )
  }

  private func instruction(_ line: SourceLine) throws(AssemblyError) -> Instruction {
    guard let form = InstructionForm.named(line.name.text) else {
      throw line.error(
        "there is no instruction '\(line.name.text.prefix(40))'",
        hint: "instructions: \(InstructionForm.names.joined(separator: " "))"
      )
    }
    var operands: [Operand] = []
    for part in line.operands {
      operands.append(try Operand(part, in: line, variables: cells))
    }
    if case .label(let label)? = operands.first, operands.count == 1, form.takesLabel {
      guard let cell = labels[label] else {
        throw line.error(
          "there is no label \(label.prefix(40))",
          at: line.rest,
          hint: labels.isEmpty
            ? "a label is a line of its own that begins with a period"
            : "labels: \(labels.keys.sorted().prefix(20).joined(separator: " "))"
        )
      }
      operands = [.constant(cell)]
    } else if form.takesLabel {
      throw line.error(
        "\(line.name.text) needs a label",
        at: line.rest.text.isEmpty ? nil : line.rest,
        hint: "for example: \(form.usage)"
      )
    }
    guard let instruction = form.make(operands) else {
      throw line.error(
        "\(line.name.text) does not take these operands",
        at: line.rest.text.isEmpty ? nil : line.rest,
        hint: "it is written \(form.usage)"
      )
    }
    return instruction
  }
}
