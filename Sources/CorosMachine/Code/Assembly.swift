/// A program in assembly, ready to be loaded.
///
/// Shared by all its threads, and never changed.
package final class Assembly: Sendable {
  /// The name of the file.
  package let name: String
  /// The text; its first line is line 1.
  package let text: String
  let instructions: [Instruction]
  /// The line of each instruction.
  let lines: [Int]
  /// The variables, and the cell at which each begins.
  package let variables: [(name: String, cell: Int)]
  /// Where the instructions are loaded.
  package let start: Int
  /// The number of cells of memory.
  package let size: Int
  /// The words of each instruction, with single blanks.
  private let words: [String]

  /// What the first variable's cell is.
  static let firstVariable = 100
  /// The distance between two variables, and between two entries of the stack.
  static let wordSize = 4

  init(
    name: String,
    text: String,
    instructions: [(Instruction, line: Int, words: String)],
    variables: [(name: String, cell: Int)],
    start: Int,
    size: Int
  ) {
    self.name = name
    self.text = text
    self.instructions = instructions.map(\.0)
    lines = instructions.map(\.line)
    words = instructions.map(\.words)
    self.variables = variables
    self.start = start
    self.size = size
  }

  /// The cell behind the last instruction.
  var end: Int { start + instructions.count }

  /// The instruction at a cell; nil when there is none.
  func instruction(at cell: Int) -> Instruction? {
    start <= cell && cell < end ? instructions[cell - start] : nil
  }

  /// The line of the instruction at a cell; nil when there is none.
  func line(at cell: Int) -> Int? { start <= cell && cell < end ? lines[cell - start] : nil }

  /// The instruction at a cell as it is written; nil when there is none.
  func words(at cell: Int) -> String? { start <= cell && cell < end ? words[cell - start] : nil }

  /// The cell at which a variable begins; nil when there is none of that name.
  package func cell(of variable: String) -> Int? {
    variables.first { $0.name == variable }?.cell
  }

  /// What a cell is called: by its variable, if one begins there.
  func name(ofCell cell: Int) -> String {
    variables.first { $0.cell == cell }?.name ?? "\(cell)"
  }
}

extension Assembly: Hashable {
  package static func == (left: Assembly, right: Assembly) -> Bool { left === right }

  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
