import CorosShell

package
  extension Commands
{
  /// Lets one procedure take the place of another.
  enum Use: DeclaringCommand {
    static let manual = Manual(
      name: "use",
      summary: "let one procedure take the place of another",
      usage: "use NAME = PROCEDURE",
      group: .programs,
      details: """
        Programs that call NAME call PROCEDURE from now on; tasks that exist go on as they are. So a program can be \
        tried with one lock, and then with another.
        """,
      example: "use take = ticket_take",
      seeAlso: ["procedure", "program"],
      completion: [.nothing]
    )

    static let reference = Reference(
      demonstration: [
        "shared l = 0", "procedure ticket_take(l) { when l == 0 { l = 1 } }",
        "use take = ticket_take",
      ]
    )
  }
}
