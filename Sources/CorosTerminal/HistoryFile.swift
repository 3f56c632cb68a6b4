#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// A history file in UTF-8: a header line that identifies it, then one entry per line.
///
/// An entry of several lines goes on in lines that begin with a space, as no entry does.
///
/// Sessions synchronize by an advisory lock. An entry is appended by a single write; trimming writes a new
/// file and renames it into place. A file without the header belongs to another program, and is never
/// changed.
struct HistoryFile {
  static let header = "# coros history 1"

  /// Why the file cannot be used, as the end of a sentence that begins with its path.
  enum Failure: Error, Equatable, CustomStringConvertible {
    case notRegular
    case foreign
    case busy
    case dangling
    case system(doing: String, Int32)

    var description: String {
      switch self {
      case .notRegular: "is not a regular file"
      case .foreign: "is not a history of coros (its first line is not '\(HistoryFile.header)')"
      case .busy: "is locked by another program"
      case .dangling: "is a link that leads nowhere"
      case .system(let doing, let code): "cannot be \(doing): \(String(cString: strerror(code)))"
      }
    }
  }

  let path: String

  /// All entries, oldest first; empty if there is no file yet.
  func load() throws(Failure) -> [String] {
    guard let descriptor = try Descriptor.open(path, O_RDONLY, doing: "read") else { return [] }
    return try lines(of: descriptor)
  }

  /// Appends entries; creates the file, readable by its owner only, if it does not exist.
  func append(_ lines: [String]) throws(Failure) {
    let descriptor = try locked()
    let status = try descriptor.status()
    var text = ""
    if status.st_size == 0 {
      text = Self.header + "\n"
    } else {
      try requireHeader(descriptor)
      // A session that was killed while writing may have left an incomplete line.
      if try descriptor.read(1, at: Int(status.st_size) - 1) != [0x0A] { text = "\n" }
    }
    for entry in lines { text += Self.written(entry) }
    do throws(Failure) {
      try descriptor.write(text)
    } catch {
      // Remove the incomplete line, so that the next entry does not continue it.
      _ = ftruncate(descriptor.number, status.st_size)
      throw error
    }
  }

  /// Keeps only the newest entries if there are more than `limit`.
  func trim(to limit: Int) throws(Failure) {
    let descriptor = try locked()
    let all = try lines(of: descriptor)
    guard all.count > limit else { return }
    // Resolve a symbolic link, so that the link itself is kept.
    guard let resolved = realpath(path, nil) else {
      throw .system(doing: "written", errno)
    }
    defer { free(resolved) }
    let target = String(cString: resolved)
    var template = Array((target + ".XXXXXX").utf8CString)
    // Creates a new file, readable by its owner only.
    let number = mkstemp(&template)
    guard number >= 0 else { throw .system(doing: "written", errno) }
    let new = Descriptor(number)
    do throws(Failure) {
      var text = Self.header + "\n"
      for entry in all.suffix(limit) { text += Self.written(entry) }
      try new.write(text)
      guard fsync(new.number) == 0, rename(template, target) == 0 else {
        throw .system(doing: "written", errno)
      }
    } catch {
      unlink(template)
      throw error
    }
  }

  private func lines(of descriptor: borrowing Descriptor) throws(Failure) -> [String] {
    guard try descriptor.status().st_size > 0 else { return [] }
    try requireHeader(descriptor)
    let bytes = try descriptor.readAll()
    var entries: [String] = []
    for line in bytes.split(separator: 0x0A).dropFirst() where !line.contains(0) {
      if line.first == UInt8(ascii: " "), !entries.isEmpty {
        entries[entries.count - 1] += "\n" + String(decoding: line.dropFirst(), as: UTF8.self)
      } else {
        entries.append(String(decoding: line, as: UTF8.self))
      }
    }
    return entries
  }

  /// An entry as it stands in the file.
  private static func written(_ entry: String) -> String {
    entry.replacing("\n", with: "\n ") + "\n"
  }

  private func requireHeader(_ descriptor: borrowing Descriptor) throws(Failure) {
    let expected = Array((Self.header + "\n").utf8)
    guard try descriptor.read(expected.count, at: 0) == expected else { throw .foreign }
  }

  /// The file that the path names, open for appending and locked until it is closed.
  private func locked() throws(Failure) -> Descriptor {
    makeFolders()
    for attempt in 0..<20 {
      if attempt > 0 { usleep(5_000) }
      let descriptor: Descriptor
      if let existing = try Descriptor.open(path, O_RDWR | O_APPEND, doing: "written") {
        descriptor = existing
      } else {
        let flags = O_RDWR | O_APPEND | O_CREAT | O_EXCL
        do throws(Failure) {
          guard let made = try Descriptor.open(path, flags, doing: "made") else { continue }
          descriptor = made
        } catch .system(_, EEXIST) {
          // Another session created it first, or the name is a link that leads nowhere, which is kept.
          var link = stat()
          if lstat(path, &link) == 0, link.st_mode & S_IFMT == S_IFLNK, access(path, F_OK) != 0 {
            throw .dangling
          }
          continue
        }
      }
      // Where the file system has no locks, two sessions may lose a line of each other, and no more.
      if flock(descriptor.number, LOCK_EX | LOCK_NB) != 0, [EWOULDBLOCK, EINTR].contains(errno) {
        continue
      }
      // While we waited, another session may have replaced this file with a trimmed one.
      let mine = try descriptor.status()
      var named = stat()
      guard stat(path, &named) == 0, named.st_ino == mine.st_ino, named.st_dev == mine.st_dev
      else { continue }
      if mine.st_mode & 0o077 != 0, mine.st_uid == geteuid() { fchmod(descriptor.number, 0o600) }
      return descriptor
    }
    throw .busy
  }

  /// Creates the missing directories, for their owner only; a failure shows when the file is opened.
  private func makeFolders() {
    let parts = path.split(separator: "/").dropLast()
    var folder = path.hasPrefix("/") ? "" : "."
    for part in parts {
      folder += "/" + part
      mkdir(folder, 0o700)
    }
  }
}

/// A file descriptor that is closed when the value goes away.
private struct Descriptor: ~Copyable {
  let number: Int32

  init(_ number: Int32) {
    self.number = number
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(number) }

  /// Opens a regular file, or returns nil if there is none.
  ///
  /// Does not block on a named pipe, and does not make a terminal the controlling terminal.
  static func open(
    _ path: String,
    _ flags: Int32,
    doing: String
  ) throws(HistoryFile.Failure) -> Descriptor? {
    #if canImport(Glibc)
      let number = Glibc.open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o600)
    #else
      let number = Darwin.open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o600)
    #endif
    guard number >= 0 else {
      switch errno {
      case ENOENT where flags & O_CREAT == 0: return nil
      // A directory opened for writing, a socket, or a pipe without a reader.
      case EISDIR, ENXIO: throw .notRegular
      default: throw .system(doing: doing, errno)
      }
    }
    let descriptor = Descriptor(number)
    guard try descriptor.status().st_mode & S_IFMT == S_IFREG else { throw .notRegular }
    return descriptor
  }

  func status() throws(HistoryFile.Failure) -> stat {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw .system(doing: "read", errno) }
    return status
  }

  /// The bytes at an offset, at most `count` of them.
  func read(_ count: Int, at offset: Int) throws(HistoryFile.Failure) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let rest = buffer.baseAddress.map { $0 + filled }
        let read = pread(number, rest, count - filled, off_t(offset + filled))
        if read > 0 {
          filled += read
        } else if read == 0 {
          break
        } else if errno != EINTR {
          failure = errno
          break
        }
      }
    }
    guard failure == 0 else { throw .system(doing: "read", failure) }
    return bytes
  }

  func readAll() throws(HistoryFile.Failure) -> [UInt8] {
    try read(Int(status().st_size), at: 0)
  }

  func write(_ text: String) throws(HistoryFile.Failure) {
    var text = text
    let failure: Int32 = text.withUTF8 { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let slice = UnsafeBufferPointer(rebasing: rest)
        #if canImport(Glibc)
          let written = Glibc.write(number, slice.baseAddress, slice.count)
        #else
          let written = Darwin.write(number, slice.baseAddress, slice.count)
        #endif
        if written >= 0 {
          rest = rest.dropFirst(written)
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
    guard failure == 0 else { throw .system(doing: "written", failure) }
  }
}
