import CorosInsight
import CorosKernel

// Why each task runs or does not run, in the words of `why`.

extension PageRecorder {
  func explain(
    _ touched: [TaskID],
    _ scheduler: Scheduler,
    _ row: inout PageRow
  ) {
    explainChoice(scheduler, &row)
    let touchedTasks = Set(touched)
    for task in scheduler.tasks() {
      let isTouched = touchedTasks.contains(task.tid)
      switch task.state {
      case .ready:
        if isTouched { note(readinessOf: task, scheduler, &row) }
      case .sleeping, .new:
        // Until shortly before its end nothing changes but the ticks that are left, which the page counts.
        let isNear = task.deadline.map { $0 - scheduler.now < 3 } ?? true
        if isTouched || isNear { note(whyOf: task, scheduler, &row) }
      default: note(whyOf: task, scheduler, &row)
      }
    }
    for tid in touched {
      guard let task = scheduler.info(tid), task.status != nil else { continue }
      note(whyOf: task, scheduler, &row)
    }
  }

  private func explanation(
    of task: TaskInfo,
    _ scheduler: Scheduler,
    _ scope: Explanation.Scope
  ) -> Explanation? {
    // What is known of the past is at hand: nothing is replayed, and nothing can be interrupted.
    try? Explanation(of: task, on: scheduler, past: past, scope)
  }

  /// Why the task of the last step was chosen.
  private func explainChoice(_ scheduler: Scheduler, _ row: inout PageRow) {
    guard let last = scheduler.lastDispatched, let task = scheduler.info(last),
      let explanation = explanation(of: task, scheduler, .choice)
    else { return }
    let others = Explanation.listed(model.others)
    let sentences = explanation.sentences.enumerated().map { index, sentence in
      var meanings = PhraseTable.Meanings(
        task: last.rawValue,
        tick: model.lastTick,
        previous: model.previous?.rawValue
      )
      if index == 0 {
        meanings.parts = [(model.lastDeed, .deed)]
      } else if !others.isEmpty, sentence.hasSuffix(others) {
        meanings.parts = [(others, .others), (model.lastKey, .sortKey)]
      }
      return phrases.phrase(sentence, meanings)
    }
    guard model.choice != sentences else { return }
    model.choice = sentences
    row.add(.choice, phrases.code(of: sentences))
  }

  /// What the page needs to write the sentences about a ready task by itself.
  private func note(readinessOf task: TaskInfo, _ scheduler: Scheduler, _ row: inout PageRow) {
    guard let explanation = explanation(of: task, scheduler, .readiness) else { return }
    let readiness = PageModel.Readiness(
      since: explanation.since ?? -1,
      offset: task.accounting.wait(now: scheduler.now) - scheduler.now,
      because: phrases.phrase(explanation.because ?? "")
    )
    guard model.readiness.updateValue(readiness, forKey: task.tid) != readiness else { return }
    row.add(
      .readiness,
      [
        task.tid.rawValue, PageRow.signed(readiness.since), PageRow.signed(readiness.offset),
      ],
      readiness.because.code
    )
  }

  /// The sentences about a task in any other state.
  private func note(whyOf task: TaskInfo, _ scheduler: Scheduler, _ row: inout PageRow) {
    explanations += 1
    guard let explanation = explanation(of: task, scheduler, .stateInWords) else { return }
    // Why it was chosen is told once, for the task of the last step.
    let told = task.tid == scheduler.lastDispatched ? explanation.choiceSentences : 0
    var meanings = PhraseTable.Meanings(task: task.tid.rawValue, now: scheduler.now)
    meanings.deadlines = explanation.chain.compactMap(\.deadline)
    if let left = scheduler.sliceHolder?.ticksLeft, left != .max {
      meanings.deadlines.append(scheduler.now + left)
    }
    if explanation.chain.count > 1 { meanings.positions = model.positions }
    let texts = Array(explanation.sentences.dropFirst(told))
    // Where nothing is counted, equal sentences are equal phrases.
    let isCounted = !meanings.deadlines.isEmpty || !meanings.positions.isEmpty
    let before = model.sentences.updateValue(isCounted ? [] : texts, forKey: task.tid)
    if !isCounted, before == texts { return }
    let sentences = texts.map { phrases.phrase($0, meanings) }
    let known = model.why.updateValue(sentences, forKey: task.tid) ?? []
    let changed = sentences.indices.filter { $0 >= known.count || known[$0] != sentences[$0] }
    if known.count == sentences.count, changed.count < 2 {
      guard let index = changed.first else { return }
      row.add(.whyPart, [task.tid.rawValue, index], sentences[index].code)
    } else {
      row.add(.why, [task.tid.rawValue], phrases.code(of: sentences))
    }
  }
}
