import CorosLanguage

/// What must hold for the command language whatever is typed.
package enum CommandLanguageCheck {
  /// Parses, expands, completes, quotes and evaluates a line; stops the program where a promise breaks.
  package static func run(_ line: String) {
    let count = line.utf8.count
    do throws(SyntaxError) {
      let list = try CommandList(parsing: line)
      for entry in list.entries {
        precondition(entry.command.range.upperBound <= count, "a command reaches beyond its line")
        expand(entry.command, of: line)
      }
    } catch {
      check(error, in: line)
    }
    for cursor in [0, count / 2, count] {
      guard let point = CompletionPoint(line: line, cursor: cursor) else { continue }
      precondition(point.range.upperBound <= count, "completion reaches beyond the line")
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

  /// A refusal names a place in the line, and can be shown.
  private static func check(_ error: some Diagnostic, in line: String) {
    precondition(error.range.lowerBound >= 0, "a place before the line")
    precondition(error.range.upperBound <= line.utf8.count, "a place beyond the line")
    precondition(!error.message.isEmpty, "a refusal without a word")
    _ = error.rendered(in: line)
  }

  /// What is quoted is read back as it was.
  private static func checkQuoting(of text: String) {
    let written = quoted(text)
    guard let list = try? CommandList(parsing: written), let word = list.entries.first?.command
    else {
      preconditionFailure("a quoted text cannot be read")
    }
    let words = try? word.expanded(with: FixedVariables())
    precondition(words?.map(\.text) == [text], "a quoted text is read as another")
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
