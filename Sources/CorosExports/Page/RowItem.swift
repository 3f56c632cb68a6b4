/// What a row of a page says, after what the page knows by itself.
///
/// The numbers are part of the format: see CorosShell.docc/Exports.md.
enum RowItem: Int, CaseIterable {
  case note = 1
  case output, task, state, queue, key, ticksLeft, readiness, why, whyPart, choice
  case object, holders, waiting, detail, place, variable, variables, policy, dispatches, removed
}
