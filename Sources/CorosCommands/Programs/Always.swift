import CorosShell

package
  extension Commands
{
  /// Adds a condition that must hold after each step.
  enum Always: CheckingCommand {
    static let isFinal = false

    static let manual = Manual(
      name: "always",
      summary: "check a condition on shared names after each step",
      usage: "always [CONDITION | off]",
      group: .programs,
      details: """
        A run stops, and fails, after the step in which the condition ceases to hold. Without a condition all are \
        listed; `off` drops them.
        """,
      example: "always n <= 2",
      seeAlso: ["finally", "shared", "assert", "program"],
      completion: [.words(["off"]), .nothing]
    )

    static let reference = Reference(demonstration: ["shared n = 0", "always n <= 2"])
  }
}
