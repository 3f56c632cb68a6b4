import CorosShell

package
  extension Commands
{
  /// Declares objects of the kind `channel`.
  enum Channel: DeclaringCommand {
    static let manual = Manual(
      name: "channel",
      summary: "declare channels, by which programs send numbers",
      usage: "channel NAME [ROOM] ...",
      group: .programs,
      details: """
        Programs use `send line e`, `receive line x` and `close line`. Without ROOM, sender and receiver meet.
        """,
      example: "channel line 2",
      seeAlso: ["locks", "program"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["channel line 2"])
  }
}
