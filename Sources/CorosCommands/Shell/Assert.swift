import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Fails unless a condition holds.
  enum Assert: SimpleCommand {
    static let manual = Manual(
      name: "assert",
      summary: "fail unless a condition holds",
      usage: "assert EXPRESSION",
      group: .shell,
      details: """
        Compares what a script can see, with `== != < <= > >=`, `and`, `or`, `not` and parentheses: state(3) == \
        exited, or count(ready) > 1. `help expressions` lists the names and functions. When the condition does not \
        hold, both sides are shown, and a script stops. So a handout and a test can be the same file.
        """,
      example: "assert count(live) == 0",
      seeAlso: ["print", "when", "score", "source"],
      completion: [.expression]
    )

    static let takesExpressions = true

    /// It looks, but may take a while.
    static func access(hasWords: Bool) -> GuestAccess { .past }

    static let reference = Reference(
      notes: """
        A condition that does not hold is an error, like any other failure, with status 1; a condition that means \
        nothing, such as one with a misspelled function, has status 2.
        """,
      demonstration: ["spawn count", "assert state(1) == ready", "assert tick > 5"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      let verdict: Expression.Verdict
      do throws(ExpressionError) {
        let expression = try Expression(parsing: invocation.arguments, in: invocation.line)
        verdict = try shell.evaluate { view throws(ExpressionError) in
          try expression.verdict(in: view)
        }
      } catch {
        throw CommandFailure(error)
      }
      switch verdict {
      case .holds:
        return Result()
      case .fails(let explanation):
        let (first, last) = (invocation.arguments.first, invocation.arguments.last)
        let place = (first?.range.lowerBound ?? 0)..<(last?.range.upperBound ?? 0)
        var failure = CommandFailure(explanation.description, at: place)
        failure.isVerdict = true
        throw failure
      }
    }

    struct Result: CommandResult, ResultObject {
      static let fields: [ResultField<Self>] = [.truth("holds", "always true") { _ in true }]

      func text(in look: Look) -> String { "" }
    }
  }
}
