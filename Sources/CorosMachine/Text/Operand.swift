/// An operand of an instruction.
enum Operand {
  case constant(Int)
  case register(Register)
  case memory(Address)
  case label(String)

  /// Reads an operand.
  ///
  /// - Parameters:
  ///   - part: What is written.
  ///   - line: Its line.
  ///   - variables: The variables of the program, and their cells.
  /// - Throws: What is wrong with it.
  init(
    _ part: SourceLine.Part,
    in line: SourceLine,
    variables: [String: Int]
  ) throws(AssemblyError) {
    let text = part.text
    switch text.first {
    case nil:
      throw line.error(
        "an operand is missing beside this comma",
        at: line.rest,
        hint: "operands have one comma between them: mov $1, %ax"
      )
    case "$": self = .constant(try Self.number(text.dropFirst(), of: part, in: line))
    case "%": self = .register(try Self.register(text, of: part, in: line))
    case ".": self = .label(String(text))
    default:
      self = .memory(try Self.address(text, of: part, in: line, variables: variables))
    }
  }

  private static func number(
    _ text: Substring,
    of part: SourceLine.Part,
    in line: SourceLine
  ) throws(AssemblyError) -> Int {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text
    guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }) else {
      throw line.error(
        "'\(text.prefix(40))' is not a number",
        at: part,
        hint: "a constant is $5 or $-5, a cell 2000, 8(%sp) or the name of a .var"
      )
    }
    guard let number = Int(text) else {
      throw line.error(
        "\(text.prefix(40)) is out of range",
        at: part,
        hint: "numbers have 64 bits: from \(Int.min) to \(Int.max)"
      )
    }
    return number
  }

  private static func register(
    _ text: Substring,
    of part: SourceLine.Part,
    in line: SourceLine
  ) throws(AssemblyError) -> Register {
    guard text.hasPrefix("%"), let register = Register(named: text.dropFirst()) else {
      throw line.error(
        "there is no register '\(text.prefix(40))'",
        at: part,
        hint: "registers: \(Register.allCases.map { "%" + $0.name }.joined(separator: " "))"
      )
    }
    return register
  }

  /// Reads `N`, `NAME`, or `N(%a,%b,S)` in which each part may be missing.
  private static func address(
    _ text: Substring,
    of part: SourceLine.Part,
    in line: SourceLine,
    variables: [String: Int]
  ) throws(AssemblyError) -> Address {
    let text = Substring(String(text.filter { !$0.isWhitespace }))
    let number = text.prefix { $0 != "(" }
    var address = Address()
    if let first = number.first, !"-0123456789".contains(first) {
      guard let cell = variables[String(number)] else {
        throw line.error(
          "there is no variable '\(number.prefix(40))'",
          at: part,
          hint: variables.isEmpty
            ? "`.var \(number.prefix(40))` declares it"
            : "variables: \(variables.keys.sorted().joined(separator: " "))"
        )
      }
      guard number.count == text.count else {
        throw line.error(
          "a name cannot be combined with registers",
          at: part,
          hint: "`lea \(number.prefix(40)), %dx` first, then 0(%dx)"
        )
      }
      address.number = cell
      return address
    }
    if !number.isEmpty { address.number = try Self.number(number, of: part, in: line) }
    var rest = text.dropFirst(number.count)
    if rest.isEmpty { return address }
    guard rest.last == ")" else {
      throw line.error("a parenthesis is never closed", at: part, hint: "for example 8(%sp)")
    }
    rest = rest.dropFirst().dropLast()
    let parts = rest.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count <= 3 else {
      throw line.error("an address has at most three parts", at: part, hint: "8(%ax,%bx,4)")
    }
    if !parts[0].isEmpty { address.base = try register(parts[0], of: part, in: line) }
    if parts.count > 1, !parts[1].isEmpty {
      address.index = try register(parts[1], of: part, in: line)
    }
    if parts.count > 2 {
      guard parts[2].allSatisfy({ ("0"..."9").contains($0) }) else {
        throw line.error(
          "'\(parts[2].prefix(40))' is not a factor",
          at: part,
          hint: "the third part of an address is a number: (%ax,%bx,4)"
        )
      }
      address.scale = try Self.number(parts[2], of: part, in: line)
    }
    return address
  }
}
