import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Names a moment, or lists the names.
  enum Bookmark: PrintingCommand {
    static let manual = Manual(
      name: "bookmark",
      summary: "give this moment a name, or list the names",
      usage: "bookmark [NAME]",
      group: .travel,
      details: """
        `goto NAME` leads back here, whatever is done meanwhile. A name that is given again moves. A name \
        may not be a number, which would be a tick, nor `last`.
        """,
      example: "bookmark before",
      seeAlso: ["goto", "back", "branches"],
      completion: [.bookmark, .nothing]
    )

    static let reference = Reference(
      results: [
        ResultLine("With a NAME:", [.init("name", .text, "the name")] + place),
        ResultLine(
          "Without:",
          [.init("bookmarks", .objects([.init("name", .text, "a name")] + place), "one for each")]
        ),
      ],
      demonstration: ["spawn count; step", "bookmark here", "bookmark"]
    )

    private static let place: [ResultKey] = [
      .init("tick", .number, "its tick"),
      .init("moment", .number, "its moment"),
      .init("branch", .number, "the branch on which it was set"),
    ]

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 1, manual)
      guard let name = invocation.arguments.first else { return list(shell) }
      guard let first = name.text.first, !first.isNumber, name.text != "last",
        name.text.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) })
      else {
        throw CommandFailure(
          "'\(excerpt(of: name.text))' cannot be the name of a bookmark",
          at: name.range,
          hint: "letters, digits, -, _ and ., a letter first; not `last`"
        )
      }
      shell.machine.bookmark(name.text)
      shell.report([
        "command": "bookmark", "name": .string(name.text), "tick": .int(shell.scheduler.now),
        "moment": .int(shell.machine.moment), "branch": .int(shell.machine.branch),
      ]) {
        "\(shell.style.paint(name.text, .name)) is tick \(shell.scheduler.now)"
      }
    }

    private static func list(_ shell: Shell) {
      let bookmarks = shell.machine.bookmarkList
      shell.report([
        "command": "bookmark",
        "bookmarks": .array(
          bookmarks.map {
            [
              "name": .string($0.name), "tick": .int($0.tick), "moment": .int($0.moment),
              "branch": .int($0.branch),
            ]
          }
        ),
      ]) {
        if bookmarks.isEmpty { return "no bookmarks; `bookmark NAME` sets one" }
        var table = TextTable(
          [.init("NAME"), .init("TICK", .right), .init("BRANCH", .right)],
          style: shell.style
        )
        for bookmark in bookmarks {
          table.append([.init(bookmark.name, .name), .init(bookmark.tick), .init(bookmark.branch)])
        }
        return table.takeText()
      }
    }
  }
}
