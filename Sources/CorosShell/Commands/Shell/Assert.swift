import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Fails unless a condition holds.
  enum Assert: SimpleCommand {
    static let manual = Manual(
      name: "assert",
      summary: "fail unless a condition holds",
      usage: "assert EXPRESSION",
      group: .shell,
      details: """
        Compares what a script can see, with `== != < <= > >=`, `and`, `or`, `not` and parentheses:
          tick                      the clock
          state(TID)                new, ready, running, waiting, sleeping, stopped, exited or none
          status(TID)               the exit code, killed, failed, or none while the task is alive
          name(TID) parent(TID)     its name, its parent
          dispatches(TID)           its ticks of CPU
          response(TID) turnaround(TID) wait(TID)   as in `stats`; none while unknown
          blocked(TID) stopped(TID) preemptions(TID)   as in `stats`
          level(TID) priority(TID)  its queue under mlfq, from 1; its priority
          output(TID)               the last line that it has written
          average(wait) maximum(wait)  over the tasks that have ended; also response, turnaround
          policy switches preemptions idle fairness deadlock   of the whole machine, as in `stats`
          holder(LOCK) waiters(LOCK)  who holds it, or none; how many tasks wait for it
          value(SEMAPHORE)          how many permits it has, or values a channel
          holds(TID) holds(TID, LOCK)  how many locks it holds; whether it holds this one
          count(STATE)              how many tasks are in a state; count(all), count(live)
          $? $! $name               as everywhere
        Numbers can be calculated with, with blanks around the sign: `tick % 2 == 0`. A name with blanks goes in \
        quotes: `holder("fork 1")`. When the condition does not hold, both sides are shown, and a script stops. So a handout and a test \
        can be the same file.
        """,
      example: "assert count(live) == 0",
      seeAlso: ["echo", "source"],
      completion: [.expression]
    )

    static let takesExpressions = true

    static let reference = Reference(
      notes: "A condition that does not hold is an error, like any other failure.",
      demonstration: ["spawn count", "assert state(1) == ready", "assert tick > 5"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      let verdict: Expression.Verdict
      do throws(ExpressionError) {
        let expression = try Expression(parsing: invocation.arguments, in: invocation.line)
        verdict = try expression.verdict(in: shell.view)
      } catch {
        throw CommandFailure(error)
      }
      switch verdict {
      case .holds:
        return Result()
      case .fails(let explanation):
        let (first, last) = (invocation.arguments.first, invocation.arguments.last)
        let place = (first?.range.lowerBound ?? 0)..<(last?.range.upperBound ?? 0)
        throw CommandFailure(explanation.description, at: place)
      }
    }

    struct Result: CommandResult, ResultObject {
      static let fields: [ResultField<Self>] = [.truth("holds", "always true") { _ in true }]

      func text(in look: Look) -> String { "" }
    }
  }
}
