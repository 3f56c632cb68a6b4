import CorosShell

package
  extension Commands
{
  /// Declares objects of the kind `event`.
  enum Event: DeclaringCommand {
    static let manual = Manual(
      name: "event",
      summary: "declare events, which are set or not",
      usage: "event NAME ...",
      group: .programs,
      details: """
        Programs wait by `wait go` until another sets it by `set go`. `clear go` takes that back.
        """,
      example: "event go",
      seeAlso: ["locks", "program"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["event go"])
  }
}
