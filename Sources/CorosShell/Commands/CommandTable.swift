import CorosFiles
import CorosHistory
import CorosSession

/// All commands there are.
///
/// A new one is a file beside this one, and a line here.
enum CommandTable {
  /// In the order in which `help` lists them within their groups.
  static let all: [any ShellCommand.Type] = [
    Spawn.self, Workload.self, Procs.self, Ps.self, Kill.self, Wait.self, Stop.self, Resume.self,
    Nice.self, Tickets.self, Priority.self,
    Step.self, Run.self, Pick.self, Live.self, OpenStepper.self,
    SetBreakpoint.self, SetWatchpoint.self, ListBreakpoints.self, DeleteBreakpoints.self,
    EnableBreakpoints.self, DisableBreakpoints.self, Continue.self, ReverseContinue.self,
    Back.self, Forward.self, Goto.self, SetBookmark.self, ListBranches.self, SwitchBranch.self,
    ShowSchedule.self, ReplaySchedule.self, Diff.self, Save.self, Load.self,
    Queue.self, Tree.self, Info.self, Why.self, ShowOutput.self, Trace.self, Lints.self,
    ShowTimeline.self, Stats.self, Compare.self, Export.self,
    Clock.self,
    Policy.self, Seed.self, Limit.self, Reset.self,
    Quiz.self, AnswerQuestion.self, Hint.self,
    Help.self, Programs.self, Echo.self, SetVariable.self, Assert.self, Source.self, History.self,
    Exit.self,
  ]

  private static let byName = Dictionary(
    all.map { ($0.manual.name, $0) },
    uniquingKeysWith: { first, _ in first }
  )

  static var names: [String] { all.map { $0.manual.name } }

  static func command(named name: String) -> (any ShellCommand.Type)? {
    byName[name]
  }
}
