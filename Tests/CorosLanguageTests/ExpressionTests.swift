import CorosLanguage
import Testing

private struct World: ExpressionEnvironment {
  var tick = 7

  func value(of name: String) -> ExpressionValue? {
    switch name {
    case "tick": .integer(tick)
    case "tasks": .integer(3)
    default: nil
    }
  }

  func call(
    _ function: String,
    _ arguments: [ExpressionValue]
  ) throws(ExpressionError) -> ExpressionValue {
    switch (function, arguments.first) {
    case ("state", .integer(9)?): throw ExpressionError("there is no task 9", hint: "see ps -a")
    case ("state", .integer(let tid)?): return .string(tid == 3 ? "running" : "exited")
    case ("count", _): return .integer(2)
    case ("alive", .integer(let tid)?): return .truth(tid == 3)
    default: throw ExpressionError("`\(function)` takes a task id")
    }
  }

  var names: [String] { ["tick", "tasks"] }
  var functions: [String] { ["state", "count", "alive"] }
}

@Suite struct ExpressionTests {
  /// `holds`, or the reason why not, or the message of the error.
  private func outcome(_ condition: String, _ variables: Variables = Variables()) throws -> String {
    let line = "assert " + condition
    do {
      let arguments = try arguments(of: line, variables).dropFirst()
      let expression = try Expression(parsing: arguments, in: line)
      switch try expression.verdict(in: World()) {
      case .holds: return "holds"
      case .fails(let explanation): return explanation.description
      }
    } catch let error as ExpressionError {
      return error.rendered(in: line)
    }
  }

  @Test(arguments: [
    "tick == 7", "tick==7", "tick != 8", "tick < 8", "tick <= 7", "tick > -1", "tick >= +7",
    "state(3) == running", "state( 2 )==exited", "state(3) != exited", "count(waiting) == 2",
    "alive(3)", "not alive(2)", "alive(3) == true", "alive(2) == false", "true", "not not true",
    "tick == 7 and tasks == 3", "tick == 8 or tasks == 3", "false and false or true",
    "true or false and false", "not (tick == 8)", "not tick == 8", "((tick) == (7))",
    "(tick == 7) == true", "(alive(3) and tick < 9) and not (false or alive(2))",
    "'a b' == \"a b\"", "a == a", "'tick' != tick2", "'' == \"\"", "and2 == and2", "'==' == '=='",
    "state($?) == running", "$? == 3", "\"$?\" == 3", "$word == exited", "$word != '$word'",
    "$tricky == 'a) or (true'", "9223372036854775807 > -9223372036854775808",
    "00000000000000000000000000007 == tick", "1'2' == '12'", "x$?y == x3y", "a-b.c/d == a-b.c/d",
  ])
  func `a condition that holds`(condition: String) throws {
    let variables = Variables(
      named: ["word": "exited", "tricky": "a) or (true"],
      status: "3"
    )
    #expect(try outcome(condition, variables) == "holds")
  }

  @Test(arguments: [
    ("state(3) == exited", "`state(3) == exited` failed: left is `running`, right is `exited`"),
    ("tick<5", "`tick<5` failed: left is `7`, right is `5`"),
    ("$? == 0", "`$? == 0` failed: left is `3`, right is `0`"),
    ("alive(2)", "`alive(2)` is false"),
    ("not tick == 7", "`not tick == 7` failed: `tick == 7` is true"),
    ("true and tick == 1 and false", "`tick == 1` failed: left is `7`, right is `1`"),
    (
      "tick == 1 or (tasks > 5 and true)",
      "`tick == 1` failed: left is `7`, right is `1`; `tasks > 5` failed: left is `3`, right is `5`"
    ),
    ("'a  b' == \"a b\"", "`'a  b' == \"a b\"` failed: left is `a  b`, right is `a b`"),
    ("(alive(2)) == true", "`(alive(2)) == true` failed: left is `false`, right is `true`"),
  ])
  func `a failed condition reports the values that it found`(
    condition: String,
    explanation: String
  ) throws {
    #expect(try outcome(condition, Variables(status: "3")) == explanation)
  }

  @Test(arguments: [
    (
      "",
      """
      there is no condition
        assert\u{20}
               ^
        hint: write one, such as state(3) == exited
      """
    ),
    (
      "tick <",
      """
      a value is missing here
        assert tick <
                     ^
        hint: write a number, a word, a name (tick) or a function (state(3))
      """
    ),
    (
      "tick < and 3",
      """
      a value is missing here
        assert tick < and 3
                      ^^^
        hint: write a number, a word, a name (tick) or a function (state(3))
      """
    ),
    (
      "tick 5",
      """
      `5` does not fit here
        assert tick 5
                    ^
        hint: compare with == != < <= > >=, and join conditions with and, or
      """
    ),
    (
      "(tick == 7",
      """
      this `(` is never closed
        assert (tick == 7
               ^
        hint: close it with )
      """
    ),
    (
      "tick = 7",
      """
      a single `=` compares nothing
        assert tick = 7
                    ^
        hint: write == for equal
      """
    ),
    (
      "!alive(3)",
      """
      a lone `!` means nothing here
        assert !alive(3)
               ^
        hint: write not, or != for unequal
      """
    ),
    (
      "1 < tick < 9",
      """
      a comparison has only two sides
        assert 1 < tick < 9
                        ^
        hint: join two comparisons with and
      """
    ),
    (
      "tick < 9223372036854775808",
      """
      the number `9223372036854775808` does not fit in 64 bits
        assert tick < 9223372036854775808
                      ^^^^^^^^^^^^^^^^^^^
        hint: numbers go from -9223372036854775808 to 9223372036854775807
      """
    ),
    (
      "sate(3) == exited",
      """
      there is no function `sate`
        assert sate(3) == exited
               ^^^^^^^
        hint: did you mean `state`?
      """
    ),
    (
      "length(3) == 1",
      """
      there is no function `length`
        assert length(3) == 1
               ^^^^^^^^^
        hint: put the word in quotes if it is meant as text
      """
    ),
    (
      "tick < exited",
      """
      `<` cannot compare a number (7) with a word (exited)
        assert tick < exited
               ^^^^^^^^^^^^^
        hint: compare numbers with numbers, and words with words
      """
    ),
    (
      "tikc == 7",
      """
      `==` cannot compare a word (tikc) with a number (7)
        assert tikc == 7
               ^^^^^^^^^
        hint: did you mean `tick`?
      """
    ),
    (
      "tick == '7'",
      """
      `==` cannot compare a number (7) with a word (7)
        assert tick == '7'
               ^^^^^^^^^^^
        hint: compare numbers with numbers, and words with words
      """
    ),
    (
      "state(3) < running",
      """
      `<` compares numbers only, and `running` is a word
        assert state(3) < running
               ^^^^^^^^^^^^^^^^^^
        hint: compare words with == or != only
      """
    ),
    (
      "tick and true",
      """
      `tick` is a number, neither true nor false
        assert tick and true
               ^^^^
        hint: compare it with something
      """
    ),
    (
      "true and state(9) == exited",
      """
      there is no task 9
        assert true and state(9) == exited
                        ^^^^^^^^
        hint: see ps -a
      """
    ),
    (
      "state(x)",
      """
      `state` takes a task id
        assert state(x)
               ^^^^^^^^
      """
    ),
    (
      "state(3 4)",
      """
      `4` does not fit here
        assert state(3 4)
                       ^
        hint: compare with == != < <= > >=, and join conditions with and, or
      """
    ),
  ])
  func `an invalid expression is refused with its place`(condition: String, rendered: String) throws
  {
    #expect(try outcome(condition) == rendered)
  }

  @Test func `and and or short-circuit`() throws {
    #expect(try outcome("tick == 7 or state(9) == exited") == "holds")
    #expect(try outcome("tick == 8 and state(9) == exited").hasPrefix("`tick == 8` failed"))
  }

  @Test func `nesting is limited and chains are not`() throws {
    let deep = { (depth: Int) in
      String(repeating: "(", count: depth) + "true" + String(repeating: ")", count: depth)
    }
    #expect(try outcome(deep(100)) == "holds")
    for hostile in [
      deep(101), deep(100_000), String(repeating: "(", count: 100_000),
      String(repeating: "not ", count: 100_000) + "true", String(repeating: "f(", count: 100_000),
    ] {
      #expect(try outcome(hostile).hasPrefix("the expression is nested too deeply\n"))
    }
    #expect(
      try outcome(Array(repeating: "true", count: 100_000).joined(separator: " and ")) == "holds"
    )
    #expect(
      try outcome(Array(repeating: "false", count: 50_000).joined(separator: " or ") + " or true")
        == "holds"
    )
  }

  @Test func `each evaluation uses the current environment`() throws {
    let line = "break tick == 5"
    let expression = try Expression(parsing: arguments(of: line).dropFirst(), in: line)
    #expect(try expression.verdict(in: World(tick: 5)) == .holds)
    #expect(try expression.verdict(in: World(tick: 6)) != .holds)
  }
}
