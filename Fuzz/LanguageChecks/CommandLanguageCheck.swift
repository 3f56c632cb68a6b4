import CorosLanguage

/// Invariants of the command language, for any input.
package enum CommandLanguageCheck {
  /// Parses, expands, completes, quotes and evaluates a line; traps if an invariant is violated.
  package static func run(_ line: String) {
    let count = line.utf8.count
    do throws(SyntaxError) {
      let list = try CommandList(parsing: line)
      for entry in list.entries {
        precondition(entry.command.range.upperBound <= count, "a command ends after its line")
        expand(entry.command, of: line)
      }
    } catch {
      check(error, in: line)
    }
    do throws(ProgramError) {
      _ = try Definition.parse(line)
    } catch {
      check(error, in: line)
    }
    for cursor in [0, count / 2, count] {
      guard let point = CompletionPoint(line: line, cursor: cursor) else { continue }
      precondition(point.range.upperBound <= count, "a completion ends after the line")
      _ = point.replacement(for: point.text)
    }
    checkQuoting(of: line)
  }

  private static func expand(_ command: Command, of line: String) {
    do throws(SyntaxError) {
      let words = try command.expanded(with: FixedVariables())
      do throws(ExpressionError) {
        _ = try Expression(parsing: words, in: line)
      } catch {
        check(error, in: line)
      }
    } catch {
      check(error, in: line)
    }
  }

  /// Checks that an error has a place inside the line, and can be rendered.
  private static func check(_ error: some Diagnostic, in line: String) {
    precondition(error.range.lowerBound >= 0, "an error begins before the line")
    precondition(error.range.upperBound <= line.utf8.count, "an error ends after the line")
    precondition(!error.message.isEmpty, "an error has no message")
    _ = error.rendered(in: line)
  }

  /// Checks that a quoted text is parsed as the original text.
  private static func checkQuoting(of text: String) {
    let written = quoted(text)
    guard let list = try? CommandList(parsing: written), let word = list.entries.first?.command
    else {
      preconditionFailure("a quoted text cannot be parsed")
    }
    let words = try? word.expanded(with: FixedVariables())
    precondition(words?.map(\.text) == [text], "a quoted text is parsed as another text")
  }

  private struct FixedVariables: VariableLookup {
    let arguments = ["one", "two words"]
    let names = ["name"]

    func value(of variable: Variable) -> String? {
      switch variable {
      case .named("name"): "value"
      case .status: "0"
      case .lastSpawned: "1"
      default: nil
      }
    }
  }
}
