import CorosKernel

// The text that a task runs: the line at which it stands, its variables, and who else is there.

extension StepperView {
  /// The lines that the pane needs to show the whole text.
  var sourceHeight: Int {
    guard let source = state.source else { return 0 }
    return source.count + (source.variables.isEmpty ? 1 : 2)
  }

  /// The text around the line at which the task stands.
  ///
  /// - Parameters:
  ///   - width: The columns of the pane.
  ///   - height: Its lines.
  /// - Returns: The pane: the variables have a line of their own where there is room, else they are in the title.
  package func source(_ width: Int, _ height: Int) -> Pane {
    guard height > 0, let source = state.source else {
      return Pane(width: width, lines: [], rules: [])
    }
    let variables = source.variables.joined(separator: ", ")
    let hasLine = height >= 5 && !variables.isEmpty
    var title = "\(source.name), task \(source.tid)"
    if !hasLine, !variables.isEmpty { title += ": \(variables)" }
    let room = height - 1 - (hasLine ? 1 : 0)
    let current = source.lines.firstIndex(where: \.isCurrent) ?? source.lines.count - 1
    let first = max(0, min(current - room / 2, source.lines.count - room))
    let digits = String(source.count).count
    var lines = [rule(title, width)]
    lines += source.lines.dropFirst(first).prefix(room).map { line($0, digits, width) }
    while lines.count < height - (hasLine ? 1 : 0) { lines.append(StyledLine()) }
    if hasLine {
      lines.append(StyledLine(" \(variables)", .name).clipped(to: width, ellipsis: glyphs.ellipsis))
    }
    return Pane(width: width, lines: lines, rules: [0])
  }

  private func line(_ line: StepperState.Source.Line, _ digits: Int, _ width: Int) -> StyledLine {
    var result = StyledLine(line.isCurrent ? glyphs.next : " ", .good)
    let number = String(line.number)
    result.append(String(repeating: " ", count: max(0, digits - number.count)) + number, .faint)
    result.append("  ")
    result.append(line.text, line.isCurrent ? .heading : .plain)
    guard !line.others.isEmpty else {
      return result.clipped(to: width, ellipsis: glyphs.ellipsis)
    }
    // Who else stands there is at the right, and matters more than the end of the line.
    var tasks = line.others.prefix(4).map(\.description).joined(separator: " ")
    if line.others.count > 4 { tasks += " +\(line.others.count - 4)" }
    let others = StyledLine(" \(glyphs.back) \(tasks) ", .waiting)
    guard width > others.width + 8 else {
      return result.clipped(to: width, ellipsis: glyphs.ellipsis)
    }
    return result.fitted(to: width - others.width, ellipsis: glyphs.ellipsis) + others
  }
}
