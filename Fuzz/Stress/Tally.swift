import CorosStorm

/// The totals of several storms.
struct Tally: CustomStringConvertible {
  private(set) var calls = 0
  private var steps = 0
  private var spawned = 0
  private var killed = 0
  private var mostAlive = 0
  private var stalls = 0

  mutating func add(_ storm: Storm) {
    calls += storm.calls
    steps += storm.steps
    spawned += storm.spawned
    killed += storm.killed
    stalls += storm.stalls
    mostAlive = max(mostAlive, storm.mostAlive)
  }

  mutating func add(_ other: Tally) {
    calls += other.calls
    steps += other.steps
    spawned += other.spawned
    killed += other.killed
    stalls += other.stalls
    mostAlive = max(mostAlive, other.mostAlive)
  }

  var description: String {
    "\(calls) system calls, \(steps) steps, \(spawned) tasks spawned, \(killed) killed, "
      + "\(mostAlive) alive at once, \(stalls) stalls"
  }
}
