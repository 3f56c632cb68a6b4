import CorosShell

package
  extension Commands
{
  /// Declares objects of the kind `semaphore`.
  enum Semaphore: DeclaringCommand {
    static let manual = Manual(
      name: "semaphore",
      summary: "declare semaphores",
      usage: "semaphore NAME[[N]] [= N [max M]] ...",
      group: .programs,
      details: """
        Programs take a permit by `down s`, which waits while there is none, and give one by `up s`. Without a \
        number there is none at first. `var ok = trydown s` never waits.
        """,
      example: "semaphore room = 2",
      seeAlso: ["locks", "program"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["semaphore room = 2"])
  }
}
