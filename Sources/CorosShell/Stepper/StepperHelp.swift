import CorosLanguage

/// The help page, which lists the stepper's keys.
enum StepperHelp {
  package static func page(isUnicode: Bool) -> StepperState.Overlay {
    let width = StepperKeys.all.map(\.keys.count).max() ?? 0
    let lines = StepperKeys.all.map { entry in
      var line = StyledLine(keys(entry, isUnicode), .name)
      line.pad(to: width + 2)
      line.append(entry.meaning)
      if !entry.command.isEmpty { line.append("  (\(entry.command))", .faint) }
      return line
    }
    return StepperState.Overlay(title: "Keys, and their commands", lines: lines)
  }

  /// The keys of an entry, in characters that the terminal can show.
  package static func keys(_ entry: StepperKeys.Entry, _ isUnicode: Bool) -> String {
    if isUnicode { return entry.keys }
    return [("→", "right"), ("←", "left"), ("↑", "up"), ("↓", "down")]
      .reduce(entry.keys) { $0.replacing($1.0, with: $1.1) }
  }
}
