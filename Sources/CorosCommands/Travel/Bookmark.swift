import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Gives the present moment a name, or lists the names.
  enum Bookmark: SimpleCommand {
    static let manual = Manual(
      name: "bookmark",
      summary: "name this moment, or list the names",
      usage: "bookmark [NAME]",
      group: .travel,
      details: """
        `goto NAME` comes back here, whatever happens meanwhile. Giving a name again moves it. A name must \
        not be a number, which would be a tick, nor `last`.
        """,
      example: "bookmark before",
      seeAlso: ["goto", "back", "branches"],
      completion: [.bookmark, .nothing]
    )

    static let reference = Reference(
      demonstration: ["spawn count; step", "bookmark here", "bookmark"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 1, manual)
      guard let name = invocation.arguments.first else {
        let bookmarks = shell.machine.bookmarkList.map { bookmark in
          List.Row(
            name: bookmark.name,
            place: Place(tick: bookmark.tick, moment: bookmark.moment, branch: bookmark.branch)
          )
        }
        return .second(List(bookmarks: bookmarks))
      }
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
      let place = Place(
        tick: shell.scheduler.now,
        moment: shell.machine.moment,
        branch: shell.machine.branch
      )
      return .first(NewBookmark(name: name.text, place: place))
    }

    typealias Result = EitherResult<NewBookmark, List>

    /// A bookmark that was set.
    struct NewBookmark: CommandResult, ResultObject {
      let name: String
      let place: Place

      static let occasion = "With a NAME:"
      static let fields: [ResultField<Self>] =
        [.text("name", "the name", \.name)] + .fields(of: { $0.place })

      func text(in look: Look) -> String {
        "\(look.style.paint(name, .name)) is tick \(place.tick)"
      }
    }

    /// All bookmarks.
    struct List: CommandResult, ResultObject {
      let bookmarks: [Row]

      static let occasion = "Without:"
      static let fields: [ResultField<Self>] = [
        .objects("bookmarks", "one object per bookmark", \.bookmarks)
      ]

      func text(in look: Look) -> String {
        bookmarks.isEmpty
          ? "no bookmarks; `bookmark NAME` sets one" : look.table(of: bookmarks)
      }

      struct Row: ListingRow {
        let name: String
        let place: Place

        static let fields: [ResultField<Self>] =
          [.text("name", "a name", \.name)] + .fields(of: { $0.place })
        static let columns: [TextTable.Column] = [
          .init("NAME"), .init("TICK", .right), .init("BRANCH", .right),
        ]

        var cells: [TextTable.Cell] {
          [.init(name, .name), .init(place.tick), .init(place.branch)]
        }
      }
    }

    /// The moment of a bookmark.
    struct Place: ResultObject {
      let tick: Tick
      let moment: Int
      let branch: Int

      static let fields: [ResultField<Self>] = [
        .number("tick", "its tick", \.tick),
        .number("moment", "its moment", \.moment),
        .number("branch", "the branch on which it was set", \.branch),
      ]
    }
  }
}
