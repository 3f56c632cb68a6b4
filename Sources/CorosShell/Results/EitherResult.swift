import CorosLanguage
import CorosSession

/// The result of a command that answers with one of two types, depending on the request.
enum EitherResult<First: CommandResult, Second: CommandResult>: CommandResult {
  case first(First)
  case second(Second)

  static var lines: [ResultLine] { First.lines + Second.lines }

  private var result: any CommandResult {
    switch self {
    case .first(let result): result
    case .second(let result): result
    }
  }

  var members: [(String, JSON)] { result.members }

  func text(in look: Look) -> String { result.text(in: look) }
}
