import CorosKernel

/// Stride scheduling in fractions, so that it never rounds.
struct ExactStride: ShareModel {
  private struct Client {
    var tickets: Int
    var pass = BigInteger(0)
    var isPresent = false
    /// Its place in the queue; nil while it does not stand there.
    var place: Int?
  }

  private let quantum: Tick
  private var clients: [Client]
  private var places = 0
  /// By how much a tick moves a pass, for each number of tickets: all have the same denominator.
  private let strides: [Int: BigInteger]
  private var lastPass = BigInteger(0)

  /// Makes the model of clients with these tickets, who may have others later.
  init(_ tickets: [Int], others: [Int], quantum: Tick) {
    self.quantum = quantum
    clients = tickets.map { Client(tickets: $0) }
    let all = Set(tickets + others)
    strides = Dictionary(
      uniqueKeysWithValues: all.map { one in
        (one, all.subtracting([one]).sorted().reduce(BigInteger(1)) { $0 * $1 })
      }
    )
  }

  mutating func queue(_ client: Int) {
    places += 1
    clients[client].place = places
    guard !clients[client].isPresent else { return }
    let front = clients.filter(\.isPresent).map(\.pass).min() ?? lastPass
    clients[client].pass = max(clients[client].pass, front)
    clients[client].isPresent = true
  }

  mutating func leave(_ client: Int) {
    clients[client].place = nil
    clients[client].isPresent = false
    if !clients.contains(where: \.isPresent) { lastPass = clients[client].pass }
  }

  mutating func choose() -> (job: Int, slice: Tick)? {
    let first = clients.indices.filter { clients[$0].place != nil }.min { left, right in
      let (one, other) = (clients[left], clients[right])
      return one.pass != other.pass
        ? one.pass < other.pass : (one.place ?? 0) < (other.place ?? 0)
    }
    guard let first else { return nil }
    clients[first].place = nil
    return (first, quantum)
  }

  mutating func charge(_ client: Int) {
    guard let stride = strides[clients[client].tickets] else { return }
    clients[client].pass = clients[client].pass + stride
  }

  mutating func endTurn(_ client: Int, _ end: TurnEnd) {
    if [.blocked, .stopped, .ended].contains(end) { leave(client) }
  }

  mutating func change(_ client: Int, to tickets: Int) { clients[client].tickets = tickets }
}
