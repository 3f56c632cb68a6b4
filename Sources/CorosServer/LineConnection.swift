package import CorosLanguage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A connection over which both sides send lines of JSON; nothing here ever blocks.
package final class LineConnection {
  /// What was received.
  package enum Received: Equatable, Sendable {
    case frame(JSON)
    /// The line is no JSON, or longer than allowed: the other side is none of ours.
    case garbage
    /// The other side has gone.
    case end
  }

  package let descriptor: Int32
  private var incoming: [UInt8] = []
  private var outgoing: [UInt8] = []
  private var sent = 0
  private var isClosed = false
  /// The frames that were left out, since the other side does not read.
  private var skipped = 0

  /// The longest line that is received, in bytes.
  private let longest: Int
  /// The longest line that a machine takes from those attached, in bytes.
  package static let longest = 65_536
  /// How many bytes wait for a slow reader before frames that nobody has asked for are left out.
  private static let patience = 1 << 20

  /// Takes over a descriptor that does not block.
  init(_ descriptor: Int32, longest: Int = LineConnection.longest) {
    self.descriptor = descriptor
    self.longest = longest
  }

  deinit { close() }

  /// Connects to the socket at a path.
  ///
  /// - Parameters:
  ///   - path: The path.
  ///   - longest: The longest line to receive, in bytes.
  /// - Throws: `AttachError` when nobody listens there.
  package convenience init(
    to path: String,
    longest: Int = LineConnection.longest
  ) throws(AttachError) {
    self.init(try UnixSocket.connect(to: path), longest: longest)
  }

  /// Ends the connection.
  package func close() {
    guard !isClosed else { return }
    isClosed = true
    systemClose(descriptor)
  }

  /// Whether bytes wait to be sent.
  package var isSending: Bool { sent < outgoing.count }

  /// Whether so much waits to be sent that nothing more should be asked for.
  package var isFull: Bool { outgoing.count - sent > Self.patience }

  // MARK: Receiving

  /// Takes what has come, without waiting.
  ///
  /// - Parameter most: The most frames to take; the rest stays for the next time.
  /// - Returns: The frames in order, and at last what ended the connection, if something did.
  package func receive(most: Int = .max) -> [Received] {
    var received: [Received] = []
    var hasEnded = isClosed
    withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
      while !hasEnded, incoming.count <= longest {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count > 0 {
          incoming.append(contentsOf: buffer.prefix(count))
        } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
          hasEnded = true
        } else if errno == EAGAIN {
          break
        }
      }
    }
    var start = 0
    while received.count < most,
      let end = incoming[start...].firstIndex(of: UInt8(ascii: "\n"))
    {
      guard end - start <= longest,
        let text = String(validating: incoming[start..<end], as: UTF8.self),
        let frame = JSON(parsing: text)
      else { return received + [.garbage] }
      received.append(.frame(frame))
      start = end + 1
    }
    incoming.removeFirst(start)
    if incoming.count > longest, !incoming.contains(UInt8(ascii: "\n")) {
      return received + [.garbage]
    }
    if hasEnded { received.append(.end) }
    return received
  }

  // MARK: Sending

  /// Sends a frame that the other side has asked for.
  package func send(_ frame: JSON) { send(line: frame.text) }

  /// Sends a frame that is one line of JSON already.
  package func send(line: String) {
    outgoing.append(contentsOf: line.utf8)
    outgoing.append(UInt8(ascii: "\n"))
    flush()
  }

  /// Sends a frame that nobody has asked for, unless the other side is too slow.
  ///
  /// - Parameters:
  ///   - frame: The frame.
  ///   - snapshot: What to send when the other side reads again after frames were left out.
  package func tell(_ frame: @autoclosure () -> JSON, snapshot: () -> JSON) {
    flush()
    guard !isFull else {
      skipped += 1
      return
    }
    catchUp(snapshot: snapshot)
    send(frame())
  }

  /// Says how much was left out, once there is room again.
  package func catchUp(snapshot: () -> JSON) {
    guard skipped > 0, !isFull else { return }
    let count = skipped
    skipped = 0
    send(["skipped": .int(count)])
    send(snapshot())
  }

  /// Sends what the system takes.
  package func flush() {
    while isSending, !isClosed {
      let count = outgoing[sent...].withUnsafeBytes { bytes in
        #if canImport(Glibc)
          systemSend(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        #else
          systemSend(descriptor, bytes.baseAddress, bytes.count, 0)
        #endif
      }
      guard count > 0 else {
        if count < 0, errno == EINTR { continue }
        // Whoever has gone is noticed when receiving.
        if count < 0, errno != EAGAIN { outgoing = []; sent = 0 }
        break
      }
      sent += count
    }
    if sent == outgoing.count {
      outgoing.removeAll(keepingCapacity: outgoing.count <= Self.longest)
      sent = 0
    }
  }
}

// Inside the type, the names of these functions mean its own.
private func systemClose(_ descriptor: Int32) { _ = close(descriptor) }
private func systemSend(
  _ descriptor: Int32,
  _ bytes: UnsafeRawPointer?,
  _ count: Int,
  _ flags: Int32
) -> Int { send(descriptor, bytes, count, flags) }
