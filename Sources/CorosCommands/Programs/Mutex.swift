import CorosShell

package
  extension Commands
{
  /// Declares objects of the kind `mutex`.
  enum Mutex: DeclaringCommand {
    static let manual = Manual(
      name: "mutex",
      summary: "declare locks that one task at a time holds",
      usage: "mutex NAME[[N]] ...",
      group: .programs,
      details: """
        Programs take one by `lock m` and give it back by `unlock m`; who waits gets it in turn. `var ok = trylock m` \
        never waits. With [N] it is an array of N locks.
        """,
      example: "mutex m",
      seeAlso: ["locks", "program"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["mutex m"])
  }
}
