import CorosHistory
import CorosInsight
import CorosKernel
import CorosSession

// The visible state.

extension StepperModel {
  package func lines(width: Int, height: Int) -> [StyledLine] {
    show(width: width, height: height).lines
  }

  /// Draws anew; the view is kept, so that a click in it means what is drawn there.
  @discardableResult
  func show(width: Int, height: Int) -> StepperView {
    let view = StepperView(state(width: width, height: height), width: width, height: height)
    self.view = view
    // Do not scroll beyond the end of the page.
    if let scroll = overlay?.scroll { overlay?.scroll = min(scroll, view.mostScroll) }
    return view
  }

  /// The state, with at most as many list entries as fit on the screen.
  package func state(width: Int, height: Int) -> StepperState {
    catchUp()
    let (scheduler, machine, tasks) = (shell.scheduler, shell.machine, tasks)
    var state = StepperState()
    state.tick = scheduler.now
    state.policy = scheduler.policyDescription
    state.next = shell.session.nextTurn(tasks.choice).sentence
    state.liveCount = scheduler.liveTaskCount
    state.readyCount = tasks.readyQueue.count + (scheduler.sliceHolder == nil ? 0 : 1)
    state.ahead = machine.ahead
    state.branch = machine.branch
    showMotion(in: &state)
    state.followed = habits.followed.map { "\($0)\(shell.inParentheses($0))" }
    state.message = message
    state.question = question.map(words)
    state.overlay = overlay
    state.isUnicode = isUnicode
    shell.foreseen { fill(&state, around: tasks, height) }
    if overlay == nil {
      fillStory(&state, height)
      state.source = source(of: state.items, height)
    }
    fillTimeline(&state, width, height)
    return state
  }

  private func words(_ question: Question) -> String {
    switch question {
    case .kill(let task): "kill task \(task)\(shell.inParentheses(task))? y or n"
    case .goto(let text): "go to tick: \(text)_"
    case .command(let text): ":\(text)_"
    case .search(let text): "/\(text)_"
    }
  }

  /// The lines of the list around the selected task.
  private func fill(_ state: inout StepperState, around tasks: TaskList, _ height: Int) {
    let height = max(1, height)
    let place = selected.flatMap(tasks.index) ?? 0
    let first = max(0, place - height)
    let last = min(tasks.items.count, place + height)
    state.tasksBelow = tasks.items[last...].count { if case .task = $0 { true } else { false } }
    state.items = tasks.items[first..<last].map { item in
      switch item {
      case .heading(let title, let count): .heading(title, count: count)
      case .task(let tid): .task(row(tid, tasks))
      }
    }
  }

  private func row(_ tid: TaskID, _ tasks: TaskList) -> StepperState.Row {
    guard let task = shell.scheduler.info(tid) else {
      return StepperState.Row(tid: tid, name: "", state: "", detail: "", role: .plain)
    }
    let remark = TaskWords.remark(on: task)
    let detail =
      switch task.state {
      case .ready, .running: shell.scheduler.sortKey(of: tid) ?? ""
      case .sleeping, .new: remark
      case .waiting: task.deadline.map { "until tick \($0)" } ?? holder(for: tid)
      case .stopped: ""
      case .exited: remark
      }
    let isTold = !remark.isEmpty && task.state.word != "stopped"
    return StepperState.Row(
      tid: tid,
      name: task.name,
      state: task.state.word + (isTold ? " " + remark : ""),
      detail: detail,
      role: task.state.role,
      isNext: tid == tasks.next,
      isSelected: tid == selected,
      isFollowed: tid == habits.followed,
      hasBreakpoint: breakpoint(on: tid) != nil
    )
  }

  /// Who holds what a task waits for: `held by 2`; empty when nobody does.
  private func holder(for tid: TaskID) -> String {
    guard case .waiting(.object)? = shell.scheduler.info(tid)?.state else { return "" }
    let holders = shell.scheduler.obstacles(of: tid)
    guard let first = holders.first else { return "" }
    return "held by \(first)" + (holders.count > 1 ? " and \(holders.count - 1) more" : "")
  }

  // MARK: The log

  private func fillStory(_ state: inout StepperState, _ height: Int) {
    // A step has about three events, and some of them are not shown; the events of one task may be far apart.
    let count = habits.followed == nil && linesBack == 0 ? 6 * height : 1_000
    let entries = shell.narration.entries(of: log.recent(count))
      .filter { habits.followed == nil || $0.task == habits.followed }
    let digits = String(shell.scheduler.now).count
    var lines: [StyledLine] = []
    for entry in entries.suffix(2 * height + linesBack) {
      switch entry.what {
      case .step(let sentence):
        var line = Self.line(atTick: entry.tick, digits)
        line.append("\(entry.task)", .heading)
        line.append(" \(shell.name(of: entry.task))", .name)
        line.append(" \(sentence)")
        lines.append(line)
      case .consequence(let sentence):
        var line = StyledLine(String(repeating: " ", count: digits) + "  ")
        line.append(isUnicode ? "· " : "- ", .faint)
        line.append(sentence)
        lines.append(line)
      case .happening(let sentence):
        var line = Self.line(atTick: entry.tick, digits)
        line.append(sentence)
        lines.append(line)
      case .output: break
      }
    }
    state.events = lines.dropLast(linesBack).suffix(height)
    state.output = outputLines(height + linesBack).dropLast(linesBack).suffix(height)
  }

  /// A line that begins with its tick.
  private static func line(atTick tick: Tick, _ digits: Int) -> StyledLine {
    let tick = String(tick)
    var line = StyledLine(String(repeating: " ", count: max(0, digits - tick.count)))
    line.append(tick + "  ", .faint)
    return line
  }

  private func outputLines(_ height: Int) -> [StyledLine] {
    if let followed = habits.followed {
      let kept = shell.session.recorders.outputs[followed]?.kept.suffix(height) ?? []
      return kept.flatMap { Self.lines(of: $0, by: followed) }
    }
    return log.written(height).flatMap { event -> [StyledLine] in
      if case .wrote(let text) = event.action { Self.lines(of: text, by: event.task) } else { [] }
    }
  }

  private static func lines(of text: String, by task: TaskID) -> [StyledLine] {
    text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      // Of a line without an end, as much as fits on a screen.
      StyledLine("[\(task)] ", .faint) + StyledLine(String(Substring(line)).head(bytes: 4_000))
    }
  }

  // MARK: Time

  private func fillTimeline(_ state: inout StepperState, _ width: Int, _ height: Int) {
    let now = shell.scheduler.now
    let most = StepperView.timelineRows(height: height)
    guard most > 0, width > 0 else { return }
    state.ticksPerColumn = habits.ticksPerColumn
    state.range = max(0, now - width * habits.ticksPerColumn)..<now
    state.timeline = shell.session.recorders.timeline.recentRows(
      in: state.range,
      most: most,
      favourite: selected ?? habits.followed
    )
  }
}
