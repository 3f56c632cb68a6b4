import CorosShell

package
  extension Commands
{
  /// Declares objects of the kind `rwlock`.
  enum Rwlock: DeclaringCommand {
    static let manual = Manual(
      name: "rwlock",
      summary: "declare locks that many readers or one writer hold",
      usage: "rwlock NAME ...",
      group: .programs,
      details: """
        Programs take one by `rlock t` to read or `wlock t` to write, and give it back by `unlock t`.
        """,
      example: "rwlock table",
      seeAlso: ["locks", "program"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["rwlock table"])
  }
}
