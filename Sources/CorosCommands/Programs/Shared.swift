import CorosInterpreter
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Declares shared names, or lists their values.
  enum Shared: DefiningCommand, SimpleCommand {
    static let manual = Manual(
      name: "shared",
      summary: "declare what typed programs share, or list the values",
      usage: "shared [NAME[[N]] [= VALUE] ...]",
      group: .programs,
      details: """
        A shared name is a number, or true or false, or an array of these: x[3] has x[0], x[1] and x[2]. \
        Reading one and writing one are a step each. Its name may stand in `assert`, `watch` and \
        `break when`. To declare a name again sets it to its first value.
        """,
      example: "shared n = 0",
      seeAlso: ["program", "watch", "assert"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["shared n = 0, x[3], open = false", "shared"])

    typealias Result = EitherResult<NotedDefiniendum, Values>

    /// The values of all shared names.
    struct Values: CommandResult, ResultObject {
      let all: [SharedValues]

      static let occasion = "Without:"
      static let fields: [ResultField<Self>] = [
        ResultField(
          "values",
          .dictionary(
            .either(.either(.number, .truth), .list(.either(.number, .truth)))
          ),
          "the values by name; those of an array as a list"
        ) {
          .object($0.all.map { ($0.name, $0.json) })
        }
      ]

      func text(in look: Look) -> String {
        all.isEmpty
          ? "nothing is shared; `shared NAME` declares something"
          : all.map { "\(look.style.paint($0.name, .name)) = \($0.words)\n" }.joined()
      }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      if invocation.arguments.isEmpty { return .second(Values(all: shell.session.sharedValues)) }
      return .first(NotedDefiniendum(definiendum: try define(invocation, in: shell)))
    }
  }
}

extension SharedValues {
  /// The values as text.
  fileprivate var words: String {
    let all = values.map(\.description).joined(separator: ", ")
    return isArray ? excerpt(of: "[\(all)]", limit: 1_000) : all
  }
}
