import CorosKernel
import CorosLanguage

/// The tracks of locks and of what else tasks hold: one for each, with a slice for as long as the same tasks hold it.
struct LockTracks {
  private struct Track {
    let name: String
    var holders: [TaskID] = []
    var isOpen = false
    /// Whether the track has begun.
    var isNamed = false
  }

  /// The process to which the tracks belong; that of the tasks is 1.
  private static let process = JSON.int(2)

  private var tracks: [ObjectID: Track] = [:]
  private var held: [TaskID: [ObjectID]] = [:]
  /// The objects whose holders have changed since the last flush, in order.
  private var changed: [ObjectID] = []
  /// Whether the process of the locks has a name.
  private var isNamed = false

  /// Takes in an event; what it changes is written by `flush`.
  mutating func take(_ event: Event) {
    let task = event.task
    switch event.action {
    case .acquired(let place, _):
      tracks[place.object, default: Track(name: place.name)].holders.append(task)
      held[task, default: []].append(place.object)
      note(place.object)
    case .released(let place):
      release(place.object, task)
      held[task]?.removeAll { $0 == place.object }
    case .exited:
      for object in held.removeValue(forKey: task) ?? [] { release(object, task) }
    default: break
    }
  }

  private mutating func release(_ object: ObjectID, _ task: TaskID) {
    tracks[object]?.holders.removeAll { $0 == task }
    note(object)
  }

  private mutating func note(_ object: ObjectID) {
    if !changed.contains(object) { changed.append(object) }
  }

  /// Ends the slices of the objects that have changed, and begins new ones.
  ///
  /// - Parameters:
  ///   - tick: When they changed.
  ///   - name: What a task is called.
  ///   - emit: Receives the lines of the trace.
  mutating func flush(at tick: Tick, name: (TaskID) -> String?, _ emit: (JSON) -> Void) {
    for object in changed {
      guard var track = tracks[object] else { continue }
      let tid = JSON.int(object.rawValue)
      let place: [(String, JSON)] = [("pid", Self.process), ("tid", tid), ("ts", .int(tick))]
      if track.isOpen { emit(.object([("ph", "E")] + place)) }
      if !track.isOpen, track.holders.isEmpty { continue }
      if !isNamed {
        isNamed = true
        emit([
          "ph": "M", "pid": Self.process, "tid": 0, "ts": .int(tick), "name": "process_name",
          "args": ["name": "locks"],
        ])
      }
      if !track.isNamed {
        track.isNamed = true
        emit(
          .object(
            [("ph", "M")] + place
              + [("name", "thread_name"), ("args", ["name": .string(track.name)])]
          )
        )
      }
      track.isOpen = !track.holders.isEmpty
      if track.isOpen {
        let holders = track.holders.map { "\($0) \(name($0) ?? "")" }.joined(separator: ", ")
        emit(
          .object([("ph", "B"), ("name", .string(holders)), ("cat", "holder")] + place)
        )
      }
      tracks[object] = track
    }
    changed.removeAll(keepingCapacity: true)
  }

  /// Ends all slices.
  mutating func finish(at now: Tick, _ emit: (JSON) -> Void) {
    for (object, track) in tracks.sorted(by: { $0.key < $1.key }) where track.isOpen {
      emit([
        "ph": "E", "pid": Self.process, "tid": .int(object.rawValue), "ts": .int(now),
      ])
    }
  }
}
