import CorosShell

package
  extension Commands
{
  /// Adds a condition that must hold at the end of a run.
  enum Finally: CheckingCommand {
    static let isFinal = true

    static let manual = Manual(
      name: "finally",
      summary: "check a condition on shared names when all tasks have ended",
      usage: "finally [CONDITION | off]",
      group: .programs,
      details: """
        A run that comes to its end fails where the condition does not hold. Without a condition all are listed; \
        `off` drops them.
        """,
      example: "finally n == 2",
      seeAlso: ["always", "shared", "assert", "program"],
      completion: [.words(["off"]), .nothing]
    )

    static let reference = Reference(demonstration: ["shared n = 0", "finally n == 2"])
  }
}
