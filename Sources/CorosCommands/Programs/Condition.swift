import CorosShell

package
  extension Commands
{
  /// Declares objects of the kind `condition`.
  enum Condition: DeclaringCommand {
    static let manual = Manual(
      name: "condition",
      summary: "declare conditions of a mutex",
      usage: "condition NAME on MUTEX ...",
      group: .programs,
      details: """
        Programs that hold the mutex wait by `wait c`, and wake others by `signal c` (one) or `broadcast c` (all). To \
        wait is two steps: one gives the mutex up and waits, the other takes it again.
        """,
      example: "condition full on m",
      seeAlso: ["locks", "program"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["mutex m", "condition full on m"])
  }
}
