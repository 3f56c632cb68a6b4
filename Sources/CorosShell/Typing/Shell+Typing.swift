import CorosKernel
package import CorosLanguage
import CorosSession

// What a person sees of a line while it is typed.

/// A part of a line that is being typed, and how it is painted.
package struct TypedPart: Equatable, Sendable {
  /// Its place, in UTF-8 offsets of the line.
  package let range: SourceRange
  package let role: Style.Role
}

extension Shell {
  /// The parts of an unfinished line that have a colour: commands that do not exist, quotes that are open, tasks and
  /// programs that do exist.
  package func typedParts(of line: String) -> [TypedPart] {
    guard preference("colouring") == "on" else { return [] }
    var text = line
    var parts: [TypedPart] = []
    do throws(SyntaxError) {
      return try self.parts(in: CommandList(parsing: text), of: line)
    } catch {
      if case .unclosedQuote = error.problem {
        parts = [TypedPart(range: error.range.lowerBound..<line.utf8.count, role: .waiting)]
      }
    }
    // What is before the place where the line goes wrong is as good as complete.
    let bytes = Array(line.utf8)
    var end = parts.first?.range.lowerBound ?? bytes.count
    while end > 0, [32, 38, 59, 92, 124].contains(bytes[end - 1]) { end -= 1 }
    text = String(decoding: bytes[..<end], as: UTF8.self)
    guard let list = try? CommandList(parsing: text) else { return parts }
    return self.parts(in: list, of: line) + parts
  }

  private func parts(in list: CommandList, of line: String) -> [TypedPart] {
    list.entries.flatMap { entry in
      parts(of: entry.command, isLast: entry.command.range.upperBound == line.utf8.count)
        + entry.filters.compactMap(part(ofFilter:))
    }
  }

  private func parts(of command: Command, isLast: Bool) -> [TypedPart] {
    guard let first = command.words.first, case .plain(let name) = first.content else { return [] }
    let isTyped = isLast && command.words.count == 1
    guard knows(name, orItsBeginning: isTyped) else {
      return [TypedPart(range: first.range, role: .bad)]
    }
    guard let kinds = commands.command(named: name)?.manual.completion, let last = kinds.last else {
      return []
    }
    return command.words.dropFirst().enumerated().compactMap { index, word -> TypedPart? in
      guard case .plain(let text) = word.content else { return nil }
      let isKnown =
        switch index < kinds.count ? kinds[index] : last {
        case .liveTask, .anyTask: isTask(text)
        case .program: catalogue[text] != nil
        default: false
        }
      return isKnown ? TypedPart(range: word.range, role: .name) : nil
    }
  }

  private func isTask(_ word: String) -> Bool {
    if let number = Int(word) { return scheduler.info(TaskID(rawValue: number)) != nil }
    // Names are looked for at each key, so not among very many.
    return scheduler.liveTaskCount <= 10_000 && scheduler.tasks().contains { $0.name == word }
  }

  private func part(ofFilter command: Command) -> TypedPart? {
    guard let first = command.words.first, case .plain(let name) = first.content,
      !name.hasPrefix("!"), !Filter.names.contains(where: { $0.hasPrefix(name) })
    else { return nil }
    return TypedPart(range: first.range, role: .bad)
  }

  private func knows(_ name: String, orItsBeginning: Bool) -> Bool {
    if name.hasPrefix("!") || commands.command(named: name) != nil { return true }
    if routines.functions[name] != nil || routines.aliases[name] != nil { return true }
    guard orItsBeginning else { return false }
    let own = Array(routines.functions.keys) + Array(routines.aliases.keys)
    return (commands.names + own).contains { $0.hasPrefix(name) }
  }

  /// What may follow an unfinished line: the rest of the last line of the history that begins so.
  package func suggestion(for line: String) -> String {
    guard !line.isEmpty, line.first != " ", preference("suggestions") != "off",
      let found = history.last(where: {
        $0.utf8.count > line.utf8.count && $0.utf8.starts(with: line.utf8)
      })
    else { return "" }
    // Of a definition, only the first line.
    let rest = found.utf8.dropFirst(line.utf8.count).prefix { $0 != UInt8(ascii: "\n") }
    return String(rest) ?? ""
  }
}
