package import CorosLanguage

/// The first frame in each direction: who one is.
package struct Greeting: Equatable, Sendable {
  /// What whoever attaches wants.
  package enum Wish: String, Sendable, CaseIterable {
    /// To look.
    case watch
    /// To drive, if whoever drives agrees.
    case drive
    /// To drive.
    case take
  }

  /// The version of the protocol.
  package static let version = 1

  /// The process.
  package let pid: Int
  /// The name of the machine; nil from whoever attaches.
  package let machine: String?
  /// What whoever attaches wants; nil from the machine.
  package let wish: Wish?
  /// Whether whoever attaches wants to hear of each event.
  package let wantsEvents: Bool

  /// The greeting of a machine.
  package init(machine: String, pid: Int) {
    self.pid = pid
    self.machine = machine
    wish = nil
    wantsEvents = false
  }

  /// The greeting of whoever attaches.
  package init(wish: Wish, wantsEvents: Bool, pid: Int) {
    self.pid = pid
    machine = nil
    self.wish = wish
    self.wantsEvents = wantsEvents
  }

  /// Reads a greeting.
  ///
  /// - Throws: `AttachError` when the frame is none, or of another version.
  package init(_ frame: JSON) throws(AttachError) {
    guard case .string("attach")? = frame["coros"], case .int(let version)? = frame["version"],
      case .int(let pid)? = frame["pid"]
    else {
      throw AttachError("this is no greeting of coros", hint: "`coros attach` sends the right one")
    }
    guard version == Self.version else {
      throw AttachError(
        "the other side speaks version \(version) of the protocol, and this one version \(Self.version)",
        hint: "use the same coros in both terminals"
      )
    }
    self.pid = pid
    if case .string(let name)? = frame["machine"] { machine = name } else { machine = nil }
    if case .string(let word)? = frame["wants"] { wish = Wish(rawValue: word) } else { wish = nil }
    wantsEvents = frame["events"] == .bool(true)
  }

  /// The greeting as a frame.
  package var frame: JSON {
    var members: [(String, JSON)] = [
      ("coros", "attach"), ("version", .int(Self.version)), ("pid", .int(pid)),
    ]
    if let machine { members.append(("machine", .string(machine))) }
    if let wish {
      members.append(("wants", .string(wish.rawValue)))
      members.append(("events", .bool(wantsEvents)))
    }
    return .object(members)
  }
}
