import CorosKernel
import Testing

@Test func smoke() throws {
  let scheduler = Scheduler()
  let log = EventLog()
  scheduler.add(log)
  var seen: [String] = []
  try scheduler.createTask("parent") { os in
    let me = try await os.getTid()
    seen.append("parent \(me)")
    let child = try await os.newTask("child") { os in
      defer { seen.append("child done") }
      try await os.sleep(10)
      try await os.write("hi")
      try await os.exit(3)
    }
    let status = try await os.waitTask(child)
    seen.append("\(status as Any)")
  }
  try scheduler.createTask("loop") { os in
    defer { seen.append("loop done") }
    while true { try await os.yield() }
  }
  while scheduler.now < 20 { scheduler.step(); #expect(scheduler.brokenInvariants() == []) }
  #expect(try scheduler.perform(KillTask(2)))
  let outcome = scheduler.runEventLoop()
  for e in log.events { print(e) }
  print(seen, outcome)
}
