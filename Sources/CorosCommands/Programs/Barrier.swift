import CorosShell

package
  extension Commands
{
  /// Declares objects of the kind `barrier`.
  enum Barrier: DeclaringCommand {
    static let manual = Manual(
      name: "barrier",
      summary: "declare barriers, at which tasks meet",
      usage: "barrier NAME N ...",
      group: .programs,
      details: """
        Programs come there by `arrive door`, and go on when N have come.
        """,
      example: "barrier door 3",
      seeAlso: ["locks", "program"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["barrier door 3"])
  }
}
