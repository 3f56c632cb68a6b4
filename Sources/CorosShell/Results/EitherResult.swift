package import CorosLanguage
package import CorosSession

/// The result of a command that answers with one of two types, depending on the request.
package enum EitherResult<First: CommandResult, Second: CommandResult>: CommandResult {
  case first(First)
  case second(Second)

  package static var lines: [ResultLine] { First.lines + Second.lines }

  private var result: any CommandResult {
    switch self {
    case .first(let result): result
    case .second(let result): result
    }
  }

  package var members: [(String, JSON)] { result.members }

  package func text(in look: Look) -> String { result.text(in: look) }
}
