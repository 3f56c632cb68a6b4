package import CorosKernel
import CorosLanguage

/// The result of waiting for a task.
package struct WaitReport: ResultObject {
  package let tid: TaskID
  /// How the task ended; nil if it does not exist, or a breakpoint came first.
  package let status: ExitStatus?
  /// The breakpoints that were hit, which ended the wait.
  package let stop: ExplainedStop?

  package static let fields: [ResultField<Self>] =
    [
      .number("tid", "the task") { $0.tid.rawValue },
      .status("how it ended, null if there is no such task, or a breakpoint came first") {
        $0.status
      },
      .sometimes("stopped", .word(["breakpoint"]), "why the wait was given up") {
        $0.stop == nil ? nil : "breakpoint"
      },
    ] + .fields(ofAny: { $0.stop })
}
