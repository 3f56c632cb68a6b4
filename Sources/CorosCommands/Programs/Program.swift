import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Defines a program, or shows one.
  enum Program: DefiningCommand, SimpleCommand {
    static let manual = Manual(
      name: "program",
      summary: "define a program, or show one",
      usage: "program NAME [(NAME, ...)] { ... }",
      group: .programs,
      details: """
        A step of such a program ends with one visible act: it reads one shared name, writes one, or makes one call \
        of the kernel. What lies before that on the way, such as variables and arithmetic, goes with it. So \
        n = n + 1 is two steps, and two tasks that do it at once may count only one.
        Statements are separated by `;` or a new line; while a brace is open the prompt is `...>`.
          var x = e; x = e; x += e        a variable; a shared name
          if e { } else { }, while e { }, repeat N { }, loop { }, break
          atomic { }                      all of it in one step
          await e                         wait until e holds; when e { } does more in the same step
          critical { }                    fails if another task is inside
          assert e                        fails the task unless e holds
          lock m, unlock m, trylock m, rlock t, wlock t, down s, up s, trydown s
          wait c, signal c, broadcast c, arrive b, set v, clear v
          send c e, receive c x, close c, spawn NAME(e, ...), wait TASK, cancel TASK
          tell TASK e, hear x [from TASK]   messages, which never make the sender wait
          group { spawn ... }               ends when its tasks have ended
          write "text" e, yield, sleep N, exit N, PROCEDURE(PLACE, ...)
        In expressions: + - * / % == != < <= > >= and or not, me, tick, choose A .. B, spawn NAME(e, ...). Behind \
        what may wait, `within N` limits the ticks; `var ok = lock m within 5` is false when they are over.
        A new definition of a name serves the tasks made later. `program NAME` shows the text.
        """,
      example: "program bump { n = n + 1 }",
      seeAlso: ["shared", "spawn", "procedure", "programs"],
      completion: [.typed]
    )

    static let reference = Reference(
      demonstration: ["shared n = 0", "program bump { n = n + 1 }", "program bump"]
    )

    typealias Result = EitherResult<NotedDefiniendum, RoutineText>

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      if let text = try text(invocation, of: .program, in: shell) { return .second(text) }
      return .first(NotedDefiniendum(definiendum: try define(invocation, in: shell)))
    }
  }
}
