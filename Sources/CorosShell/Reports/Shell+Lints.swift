package import CorosInsight
import CorosKernel
import CorosLanguage

// Notes about likely mistakes.

extension Shell {
  /// Prints a note about a finding.
  package func note(_ finding: LintFinding) {
    let text = finding.sentence(scheduler)
    guard settings.isJSON else {
      let style = console.errorStyle
      let note = "note: tick \(finding.tick): \(text); `lints` tells more"
      return output.writeError(console.wrapped(style.paint(note, .faint) + "\n", style))
    }
    let json: JSON = [
      "notice": .string(text), "tid": .int(finding.task.rawValue), "tick": .int(finding.tick),
      "lint": .string(finding.lint.rawValue),
      "others": .array(finding.others.map { .int($0.rawValue) }),
      "objects": .array(finding.objects.map { .string($0) }),
    ]
    output.writeError(json.text + "\n")
  }
}
