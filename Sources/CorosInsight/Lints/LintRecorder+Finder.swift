import CorosHistory
package import CorosKernel

// Breakpoints stop at what the lints find: see `break`.

extension LintRecorder: Finder {
  package func findingCount(of kind: String) -> Int {
    func count(_ findings: [LintFinding]) -> Int { findings.count { $0.lint.rawValue == kind } }
    return count(memory.found) + count(memory.latest)
  }

  package func lastFinding(of kind: String, _ scheduler: Scheduler) -> (task: TaskID, text: String)?
  {
    findings.last { $0.lint.rawValue == kind }.map { ($0.task, $0.sentence(scheduler)) }
  }
}
