import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Gives points for conditions.
  enum Score: SimpleCommand {
    static let manual = Manual(
      name: "score",
      summary: "give points for a condition, or show the points",
      usage: "score [N CONDITION [WHY]]",
      group: .scripting,
      details: """
        N points if the condition holds, and none if not: that is no failure. WHY says what the points are for. Without \
        anything, the points so far. `coros --then GRADER STUDENT` runs a file of such lines after another script.
        """,
      example: "score 2 count(live) == 0 'every task has ended'",
      seeAlso: ["assert", "source"],
      completion: [.nothing, .expression]
    )

    static let reference = Reference(
      demonstration: [
        "spawn count 1; run", "score 2 count(live) == 0 'every task has ended'",
        "score 1 tick == 1 'in one tick'", "score",
      ]
    )

    static let takesExpressions = true

    typealias Result = EitherResult<Check, Total>

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      guard !invocation.arguments.isEmpty else {
        return .second(Total(points: shell.points.reached, of: shell.points.possible))
      }
      let points = try invocation.integer(0, "the number of points", in: 0...1_000_000)
      let (condition, why) = try condition(invocation)
      let verdict: Expression.Verdict
      do throws(ExpressionError) {
        verdict = try shell.evaluate { view throws(ExpressionError) in
          try condition.verdict(in: view)
        }
      } catch {
        // A value that a task does not have yet is no mistake of the grader's.
        guard error.isAboutNone else { throw CommandFailure(error) }
        return .first(check(points, why, because: error.message, in: shell))
      }
      guard case .fails(let explanation) = verdict else {
        return .first(check(points, why, because: nil, in: shell))
      }
      return .first(check(points, why, because: explanation.description, in: shell))
    }

    private static func check(
      _ points: Int,
      _ why: String,
      because reason: String?,
      in shell: Shell
    ) -> Check {
      shell.points.possible += points
      if reason == nil { shell.points.reached += points }
      return Check(points: reason == nil ? points : 0, of: points, why: why, reason: reason)
    }

    /// The condition, and the text behind it: the last word, if it is in quotes and the rest is a condition.
    private static func condition(
      _ invocation: Invocation
    ) throws(CommandFailure) -> (Expression, why: String) {
      let words = Array(invocation.arguments.dropFirst())
      if words.count > 1, let last = words.last,
        last.origin?.allSatisfy({ $0.kind == .quoted }) == true,
        let expression = try? Expression(parsing: words.dropLast(), in: invocation.line)
      {
        return (expression, last.text)
      }
      do throws(ExpressionError) {
        let expression = try Expression(parsing: words, in: invocation.line)
        return (expression, expression.source(at: expression.root.range))
      } catch {
        throw CommandFailure(error)
      }
    }

    /// The points for one condition.
    struct Check: CommandResult, ResultObject {
      let points: Int
      let of: Int
      let why: String
      let reason: String?

      static let occasion = "With a condition:"
      static let fields: [ResultField<Self>] = [
        .number("points", "the points that it gives", \.points),
        .number("of", "the points that it could give", \.of),
        .text("why", "what they are for", \.why),
        .textOrNull("reason", "why it does not hold, or null", \.reason),
      ]

      func text(in look: Look) -> String {
        let mark = look.style.paint("\(points)/\(of)", reason == nil ? .good : .bad)
        return "\(mark)  \(why)" + (reason.map { look.style.paint("  \($0)", .faint) } ?? "")
      }
    }

    /// The points so far.
    struct Total: CommandResult, ResultObject {
      let points: Int
      let of: Int

      static let occasion = "Without a condition:"
      static let fields: [ResultField<Self>] = [
        .number("points", "the points so far", \.points),
        .number("of", "the points that there could be", \.of),
      ]

      func text(in look: Look) -> String { "\(points) of \(counted(of, "point"))" }
    }
  }
}
