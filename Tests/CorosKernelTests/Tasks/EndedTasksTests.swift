import Testing

@testable import CorosKernel

@Suite struct EndedTasksTests {
  @Test(arguments: [0, 1, 2, 5, 64])
  func `it keeps the last few, and says which one it drops`(limit: Int) {
    var ended = EndedTasks(limit: limit)
    var model: [(record: Int, tid: TaskID)] = []
    for number in 1...200 {
      let tid = TaskID(rawValue: number)
      let oldest = model.count == limit && limit > 0 ? model.removeFirst() : nil
      #expect(ended.evicted == oldest?.record)
      if let oldest { #expect(ended[oldest.record].tid == oldest.tid) }
      let record = ended.append(
        EndedTask(
          tid: tid,
          name: 0,
          parent: .operator,
          status: .exited(number),
          parameters: SchedulingParameters(),
          accounting: Accounting(
            creation: 0,
            arrival: 0,
            firstRun: nil,
            end: nil,
            dispatches: 0,
            waited: 0,
            isWaitingForCPU: false,
            stoppedTicks: 0,
            isStopped: false,
            switchingTicks: 0,
            isSwitching: false
          )
        )
      )
      #expect((record == nil) == (limit == 0))
      if let record { model.append((record, tid)) }
      for entry in model { #expect(ended[entry.record].tid == entry.tid) }
      #expect(ended.records.count == model.count)
    }
  }
}
