import CorosKernel

/// Shows or changes who runs next.
enum Policy: ShellCommand {
  static let manual = Manual(
    name: "policy",
    summary: "show or change the rule for who runs next",
    usage: "policy [NAME [KEY=VALUE ...]]",
    group: .machine,
    details: """
      rr: round robin. Each ready task in turn gets the CPU for `quantum` ticks, 1 unless you say \
      otherwise; one that yields, waits or ends gives up the rest of its slice. A change in the middle \
      of a run loses nobody: the ready queue goes over as it stands.
      """,
    example: "policy rr quantum=3",
    seeAlso: ["queue", "stats"],
    completion: [.words(PolicyChoice.names), .words(PolicyChoice.keys(of: "rr"))]
  )

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    if let name = invocation.arguments.first {
      let settings = invocation.arguments.dropFirst().map(\.text)
      let choice: PolicyChoice
      do throws(PolicyError) {
        choice = try PolicyChoice.parse(name: name.text, settings: settings)
      } catch {
        throw CommandFailure(
          error.message,
          at: invocation.arguments[error.word].range,
          hint: error.hint
        )
      }
      shell.policy = choice
      shell.machine.use(choice.make())
    }
    let description = shell.scheduler.policyDescription
    shell.report(["command": "policy", "policy": .string(description)]) { description }
  }
}
