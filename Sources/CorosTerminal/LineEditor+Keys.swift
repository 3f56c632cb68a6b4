internal import CEditLine

#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

extension LineEditor {
  /// Additional key bindings: keys that terminals send and libedit does not bind.
  private static let bindings: [(key: String, command: String)] = [
    ("\\e[1;5C", "em-next-word"), ("\\e[1;5D", "ed-prev-word"),  // Ctrl-Right, Ctrl-Left
    ("\\e[1;3C", "em-next-word"), ("\\e[1;3D", "ed-prev-word"),  // Alt-Right, Alt-Left
    ("\\e[5C", "em-next-word"), ("\\e[5D", "ed-prev-word"),
    ("\\eOc", "em-next-word"), ("\\eOd", "ed-prev-word"),
    ("\\e[H", "ed-move-to-beg"), ("\\e[F", "ed-move-to-end"),
    ("\\eOH", "ed-move-to-beg"), ("\\eOF", "ed-move-to-end"),
    ("\\e[1~", "ed-move-to-beg"), ("\\e[4~", "ed-move-to-end"),
    ("\\e[7~", "ed-move-to-beg"), ("\\e[8~", "ed-move-to-end"),
    ("\\e[3~", "ed-delete-next-char"), ("\\e[3;5~", "em-delete-next-word"),
    // Page Up and Page Down: search the history for lines that begin like this one.
    ("\\e[5~", "ed-search-prev-history"), ("\\e[6~", "ed-search-next-history"),
    // Insert; Shift-Tab; and the end of a paste whose start was consumed by an interrupt.
    ("\\e[2~", "ed-ignore"), ("\\e[Z", "ed-ignore"), ("\\e[201~", "ed-ignore"),
    // Alt-Up, Alt-Down and similar keys, which would insert letters.
    ("\\e[1;5A", "ed-prev-history"), ("\\e[1;5B", "ed-next-history"),
    ("\\e[1;3A", "ed-prev-history"), ("\\e[1;3B", "ed-next-history"),
    ("^R", "em-inc-search-prev"), ("^S", "em-inc-search-next"),
  ]

  /// The escape sequences of all keys that something is bound to: by libedit, in `.editrc`, and here.
  ///
  /// libedit would insert the letters of any other.
  static func boundSequences(_ handle: OpaquePointer) -> Set<[UInt8]> {
    var bound: Set<[UInt8]> = []
    for (key, _) in bindings { bound.formUnion(EscapeSequence.sequences(in: key)) }
    for kind in ["[", "O"] {
      for key in "ABCDHF" { bound.insert(Array("\u{1B}\(kind)\(key)".utf8)) }
    }
    for name in ["ku", "kd", "kl", "kr", "kh", "@7", "kD"] {
      if let key = coros_el_terminal_string(handle, name) {
        bound.insert(Array(String(cString: key).utf8))
      }
    }
    let home = environmentVariable("HOME").map { $0 + "/.editrc" }
    if let path = environmentVariable("EDITRC") ?? home, let text = smallFile(path) {
      bound.formUnion(EscapeSequence.sequences(in: text))
    }
    return bound
  }

  /// Sets up the keys: those of libedit, then `.editrc`, then ours.
  ///
  /// `.editrc` comes before ours, because a `bind -e` or `bind -v` in it resets the whole key map.
  func bindKeys() {
    let handle = screen.handle
    coros_el_set_editor(handle, "emacs")
    // Ctrl-S searches forward. By default it would freeze the screen until Ctrl-Q.
    coros_el_set_flag(handle, "-d", "-ixon")
    // Fails if there is no such file, or if one of its lines is wrong, which libedit reports.
    _ = el_source(handle, nil)
    if coros_el_is_editing_on(handle) != 0 {
      // Between two lines the terminal must keep keys unchanged, too: its own line editing would consume a
      // Ctrl-R or a Ctrl-D typed ahead, and echo other keys into the output.
      coros_el_set_flag(handle, "-x", "-icanon")
      coros_el_set_flag(handle, "-x", "-echo")
    }
    coros_el_add_command(handle, "coros-complete", "Complete the word at the cursor") { handle, _ in
      UInt8(truncatingIfNeeded: LineEditor.of(handle)?.completeAtCursor() ?? CC_ERROR)
    }
    coros_el_bind(handle, "^I", "coros-complete")
    coros_el_add_command(handle, "coros-forward", "Move forward, or accept the suggestion") {
      handle,
      _ in UInt8(truncatingIfNeeded: LineEditor.of(handle)?.moveForward(toEnd: false) ?? CC_ERROR)
    }
    coros_el_add_command(handle, "coros-end", "Move to the end, or accept the suggestion") {
      handle,
      _ in UInt8(truncatingIfNeeded: LineEditor.of(handle)?.moveForward(toEnd: true) ?? CC_ERROR)
    }
    let isVi = coros_el_is_vi(handle) != 0
    for (key, command) in Self.bindings { coros_el_bind(handle, key, command) }
    if decorate != nil {
      for key in ["\\e[C", "\\eOC"] { coros_el_bind(handle, key, "coros-forward") }
      for key in ["\\e[F", "\\eOF", "\\e[4~", "\\e[8~"] { coros_el_bind(handle, key, "coros-end") }
    }
    guard !isVi else { return }
    if decorate != nil {
      coros_el_bind(handle, "^F", "coros-forward")
      coros_el_bind(handle, "^E", "coros-end")
    }
    // Ctrl-U deletes the text before the cursor, as in other shells, and not the whole line.
    coros_el_bind(handle, "^U", "vi-kill-line-prev")
  }
}

extension LineEditor {
  /// Performs the action of the right arrow, or of End: at the end of the line, inserts what is suggested there.
  private func moveForward(toEnd: Bool) -> Int32 {
    let (scalars, cursor) = screen.currentLine()
    guard cursor == scalars.count else {
      el_cursor(screen.handle, toEnd ? Int32(scalars.count - cursor) : 1)
      return CC_CURSOR
    }
    var line = String.UnicodeScalarView()
    line.append(contentsOf: scalars)
    let suggestion = decorate?(String(line)).suggestion ?? ""
    return suggestion.isEmpty ? CC_NORM : insert(suggestion)
  }
}

/// The text of a small file; nil if there is none.
private func smallFile(_ path: String) -> String? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
    count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
  }
  return String(decoding: bytes, as: UTF8.self)
}
