import CorosKernel

/// EEVDF as its paper defines it, by lags: how much CPU each client is owed.
///
/// It reckons in fractions, so it never rounds.
/// All clients together are owed nothing: what one has had is taken from it and owed to all, by weight. One that
/// leaves takes its lag along, and the others share what that leaves; one that joins brings it back.
struct ExactFair: ShareModel {
  private struct Client {
    var weight: Int
    /// What it is owed, in parts of a tick.
    var lag = BigInteger(0)
    /// The ticks left of its request.
    var left: Tick = 0
    var isPresent = false
    /// Its place in the queue; nil while it does not stand there.
    var place: Int?
  }

  private let slice: Tick
  private var clients: [Client]
  private var places = 0
  /// How many parts a tick has, and that over the weight of all who are present.
  private var tick = BigInteger(1)
  private var tickByWeight = BigInteger(0)

  init(_ nices: [Int], slice: Tick) {
    self.slice = slice
    clients = nices.map { Client(weight: Self.weights[$0 + 20]) }
  }

  private var present: [Int] { clients.indices.filter { clients[$0].isPresent } }
  private var weight: Int { present.reduce(0) { $0 + clients[$1].weight } }

  /// Cuts every part of a tick into smaller ones.
  private mutating func refine(by count: Int) {
    tick = tick * count
    for client in clients.indices { clients[client].lag = clients[client].lag * count }
  }

  private mutating func presentHaveChanged() {
    guard weight > 0 else { return }
    tickByWeight = tick
    refine(by: weight)
  }

  /// Has those present share a lag, by weight.
  private mutating func share(_ lag: (Client) -> BigInteger, of client: Int) {
    guard weight > 0 else { return }
    // Not yet refined, it is the share of the refined one for each unit of weight.
    let perWeight = lag(clients[client])
    refine(by: weight)
    for other in present {
      clients[other].lag = clients[other].lag + perWeight * clients[other].weight
    }
  }

  mutating func queue(_ client: Int) {
    places += 1
    clients[client].place = places
    guard !clients[client].isPresent else { return }
    if present.isEmpty { clients[client].lag = BigInteger(0) }
    share({ -$0.lag }, of: client)
    clients[client].left = slice
    clients[client].isPresent = true
    presentHaveChanged()
  }

  mutating func leave(_ client: Int) {
    clients[client].place = nil
    clients[client].isPresent = false
    // Nobody is owed, or owes, more than two slices while away; the others bear the difference.
    share({ $0.lag }, of: client)
    let limit = tick * (2 * slice)
    clients[client].lag = min(max(clients[client].lag, -limit), limit)
    presentHaveChanged()
  }

  mutating func choose() -> (job: Int, slice: Tick)? {
    let eligible = clients.indices.filter {
      clients[$0].place != nil && !clients[$0].lag.isBelowZero
    }
    let first = eligible.min { left, right in
      // When what is left of its request would be due, counted from now: (left - lag) / weight.
      let (one, other) = (clients[left], clients[right])
      let (early, late) = (
        (tick * one.left - one.lag) * other.weight, (tick * other.left - other.lag) * one.weight
      )
      return early != late ? early < late : (one.place ?? 0) < (other.place ?? 0)
    }
    guard let first else { return nil }
    clients[first].place = nil
    return (first, min(clients[first].left, slice))
  }

  mutating func charge(_ client: Int) {
    for other in present {
      clients[other].lag = clients[other].lag + tickByWeight * clients[other].weight
    }
    clients[client].lag = clients[client].lag - tick
    clients[client].left -= 1
  }

  mutating func endTurn(_ client: Int, _ end: TurnEnd) {
    if clients[client].left == 0 {
      clients[client].left = slice
    } else if end == .yielded {
      clients[client].left += slice
    }
    if [.blocked, .stopped, .ended].contains(end) { leave(client) }
  }

  mutating func change(_ client: Int, to nice: Int) {
    clients[client].weight = Self.weights[nice + 20]
    presentHaveChanged()
  }

  private static let weights = [
    88_761, 71_755, 56_483, 46_273, 36_291, 29_154, 23_254, 18_705, 14_949, 11_916,
    9_548, 7_620, 6_100, 4_904, 3_906, 3_121, 2_501, 1_991, 1_586, 1_277,
    1_024, 820, 655, 526, 423, 335, 272, 215, 172, 137,
    110, 87, 70, 56, 45, 36, 29, 23, 18, 15,
  ]
}
