import CorosInsight
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Shows the value of an expression.
  enum Print: SimpleCommand, GlancingCommand {
    static let manual = Manual(
      name: "print",
      summary: "show the value of an expression",
      usage: "print EXPRESSION [--at TICK]",
      group: .asking,
      details: """
        Calculates with what a condition can name: `print count(ready) + 1`, `print state(2)`, `print n` for a shared \
        value. `+ - * / %` have blanks around them; a condition is true or false. `help expressions` lists \
        the names and functions. With --at, the value at that tick.
        """,
      example: "print count(live)",
      seeAlso: ["assert", "when", "watch", "shared"],
      completion: [.expression]
    )

    static let takesExpressions = true

    static let reference = Reference(
      demonstration: ["spawn clock 3; step 2", "print tick + 1", "print state(1)"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      do throws(ExpressionError) {
        let expression = try Expression(parsing: invocation.arguments, in: invocation.line)
        return Result(value: try expression.value(in: shell.view))
      } catch {
        throw CommandFailure(error)
      }
    }

    struct Result: CommandResult, ResultObject {
      let value: ExpressionValue

      static let fields: [ResultField<Self>] = [
        ResultField(
          "value",
          .either(.number, .either(.text, .truth)),
          "the value of the expression"
        ) { $0.value.json }
      ]

      func text(in look: Look) -> String { value.description }
    }
  }
}

extension ExpressionValue {
  fileprivate var json: JSON {
    switch self {
    case .integer(let number): .int(number)
    case .decimal(let number): .double(number)
    case .string(let text): .string(text)
    case .truth(let truth): .bool(truth)
    }
  }
}
