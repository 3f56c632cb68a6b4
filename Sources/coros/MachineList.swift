import CorosLanguage
import CorosServer

/// The machines of this user that can be attached to.
struct MachineList {
  /// A machine, as it introduces itself.
  private struct Entry {
    let name: String
    /// Its process; nil where it does not answer.
    let pid: Int?
    var tick = 0
    var watchers = 0
    /// The process that drives; its own where its terminal does.
    var driver = 0
  }

  private let entries: [Entry]

  /// Asks each machine whose socket is in the folder; those that have ended are left out.
  init(_ folder: SocketFolder) {
    guard (try? folder.check()) != nil else {
      entries = []
      return
    }
    entries = folder.names.compactMap { Self.entry(named: $0, in: folder) }
  }

  private static func entry(named name: String, in folder: SocketFolder) -> Entry? {
    let client: AttachClient
    do throws(AttachError) {
      let path = try folder.socket(named: name)
      client = try AttachClient(to: path, wish: .watch, patience: 1_000)
    } catch {
      return error == .silent ? Entry(name: name, pid: nil) : nil
    }
    var entry = Entry(name: name, pid: client.greeting.pid)
    var isKnown = false
    for _ in 0..<10 where !isKnown {
      client.wait(milliseconds: 100)
      for case .news(let frame) in client.messages() {
        if case .int(let pid)? = frame["driver"]?["pid"] { entry.driver = pid }
        // Whoever asks counts as well.
        if case .int(let count)? = frame["watchers"] { entry.watchers = max(0, count - 1) }
        if case .int(let tick)? = frame["moved"]?["tick"] {
          entry.tick = tick
          isKnown = true
        }
      }
    }
    client.connection.close()
    return entry
  }

  /// The name of the only machine.
  ///
  /// - Throws: `AttachError` when there is none, or more than one.
  func onlyName() throws(AttachError) -> String {
    guard let first = entries.first else {
      throw AttachError("there is no machine to attach to", hint: hint)
    }
    guard entries.count == 1 else {
      throw AttachError("there are \(entries.count) machines", hint: hint)
    }
    return first.name
  }

  /// The name of the machine of a process.
  ///
  /// - Throws: `AttachError` when the word is not the number of such a process.
  func name(ofProcess word: String) throws(AttachError) -> String {
    guard let entry = entries.first(where: { $0.pid.map { "\($0)" } == word }) else {
      throw AttachError("there is no machine '\(excerpt(of: word, limit: 64))'", hint: hint)
    }
    return entry.name
  }

  private var hint: String {
    entries.isEmpty
      ? "start `coros` in another terminal of the same user"
      : "name one: \(entries.map { excerpt(of: $0.name, limit: 64) }.joined(separator: ", "))"
  }

  func text(isJSON: Bool) -> String {
    if isJSON {
      return entries.map { entry in
        let json: JSON = [
          "machine": .string(entry.name), "pid": entry.pid.map { .int($0) } ?? .null,
          "tick": .int(entry.tick),
          "driver": .int(entry.driver), "watchers": .int(entry.watchers),
        ]
        return json.text + "\n"
      }.joined()
    }
    if entries.isEmpty { return "no machine can be attached to\n" }
    return entries.map { entry in
      let name = excerpt(of: entry.name, limit: 64)
      guard let pid = entry.pid else {
        return "\(name): does not answer: it is busy with one step, or stopped\n"
      }
      let driver = entry.driver == entry.pid ? "its terminal" : "process \(entry.driver)"
      return
        "\(name): process \(pid), tick \(entry.tick), \(driver) drives, "
        + "\(counted(entry.watchers, "watcher"))\n"
    }.joined()
  }
}
