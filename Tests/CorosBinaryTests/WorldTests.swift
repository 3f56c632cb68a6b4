import CorosTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program as a server and a client, with real clients where they are installed.
@Suite(.timeLimit(.minutes(15))) struct WorldTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Whether a program is installed.
  private static func has(_ name: String) -> Bool {
    (try? shell("command -v \"$1\"", name).exit) == .code(0)
  }

  /// Starts a server at a path, and waits until it listens.
  private func serve(_ program: String, _ options: String...) throws -> (BatchProgram, path: String)
  {
    let path = folder.file("socket")
    let server = try BatchProgram(corosProgram, options + ["-c", "spawn \(program) \(path); run"])
    try server.wait(for: "a server that listens") { _ in access(path, F_OK) == 0 }
    return (server, path)
  }

  @Test(.enabled(if: has("curl"))) func `a web server answers curl, and Ctrl-C ends it`() throws {
    let (server, path) = try serve("http")
    let pages = try shell(
      "for page in / /nowhere; do curl -s -w ' %{http_code}\\n' --unix-socket \"$1\" \"http://here$page\"; done; "
        + "curl -s --unix-socket \"$1\" -d 'a body' http://here/echo; "
        + "curl -s -o /dev/null -o /dev/null -w ' %{http_code} %{num_connects}' --unix-socket \"$1\" -I http://here/ http://here/tick",
      path
    )
    #expect(
      pages.output == """
        hello from a machine that can be rewound
         200
        404 Not Found
         404
        a body 200 1 200 0
        """
    )
    server.signal(SIGINT)
    #expect(try server.wait().exit == .code(130))
    #expect(access(path, F_OK) != 0)
  }

  @Test(
    .enabled(if: has("python3")),
    arguments: [
      ("GET / HTTP/1.1\\r\\n\\r\\n", "400"), ("GET / HTTP/3.0\\r\\n\\r\\n", "505"),
      ("nonsense\\r\\n\\r\\n", "400"),
      ("GET / HTTP/1.0\\r\\n\\r\\n", "200"), ("PUT / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n", "405"),
      ("GET / HTTP/1.1\\r\\nHost : a\\r\\n\\r\\n", "400"),
      ("POST /echo HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 99999999\\r\\n\\r\\n", "413"),
      ("POST /echo HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n", "501"),
      ("GET /' + 'x' * 20000 + ' HTTP/1.1\\r\\n\\r\\n", "414"),
      ("GET / HTTP/1.1\\r\\n' + 'a: b\\r\\n' * 200 + '\\r\\n", "431"),
      ("GET / HTTP/1.1\\r\\nHost: ' + 'a' * 20000 + '\\r\\n\\r\\n", "431"),
      ("GET http://a/tick HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n", "200"),
      ("GET /\\0 HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n", "400"),
      ("GET / HTTP/1.1\\r\\nHost: a\\0b\\r\\n\\r\\n", "400"),
      ("GET / HTTP/1.1\\r\\nHost: a\\rb: c\\r\\n\\r\\n", "400"),
      ("PUT / HTTP/1.1\\r\\nHost: a\\r\\nExpect: tea\\r\\nContent-Length: 1\\r\\n\\r\\nx", "417"),
      // The body has come already: there is nothing to go on with.
      (
        "POST /echo HTTP/1.1\\r\\nHost: a\\r\\nExpect: 100-continue\\r\\nContent-Length: 1\\r\\n\\r\\nx",
        "200"
      ),
      (
        "PUT / HTTP/1.1\\r\\nHost: a\\r\\nExpect: 100-continue\\r\\nContent-Length: 1\\r\\n\\r\\n",
        "100"
      ),
    ]
  )
  func `a request that is wrong gets its status`(request: String, status: String) throws {
    let (server, path) = try serve("http")
    defer { server.signal(SIGKILL) }
    let answer = try shell(
      """
      python3 -c "
      import socket, sys
      s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.settimeout(20)
      s.sendall(('\(request)').encode()); s.shutdown(socket.SHUT_WR)
      print(s.recv(100).decode().split(' ')[1])" "$1"
      """,
      path
    )
    #expect(answer.output == status + "\n", "\(answer.errors)")
  }

  @Test(arguments: [50, 299, 500])
  func `a request that comes for ever is given up, however steadily it comes`(pause: Int) throws {
    let path = folder.file("socket")
    let outcome = try coros(
      "-c",
      "spawn http \(path) 300; spawn slowloris \(path) 3 \(pause); run 9000; handles"
    )
    #expect(outcome.errors.ranges(of: "(slow) failed: reset").count == 3)
    // The listener alone is left.
    #expect(outcome.output.ranges(of: "\nh").count == 1, "\(outcome.output)")
  }

  @Test func `a line without an end is refused in words`() throws {
    let outcome = try coros("-c", "spawn cat /dev/zero; run")
    #expect(outcome.errors.contains("failed: a line that came in has more than"))
  }

  @Test(.enabled(if: has("python3"))) func `guests of a chat hear each other`() throws {
    let (server, path) = try serve("chat")
    defer { server.signal(SIGKILL) }
    let heard = try shell(
      """
      python3 -c "
      import socket, sys
      def guest():
          s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.settimeout(20); return s
      a = guest(); f = a.makefile()
      b = guest(); print(f.readline(), end='')
      b.sendall(b'hello\\n'); print(f.readline(), end='')
      b.close(); print(f.readline(), end='')" "$1"
      """,
      path
    )
    #expect(
      heard.output == "guest 2 is here\nguest 2: hello\nguest 2 has left\n",
      "\(heard.errors)"
    )
  }

  @Test func `what was served is saved and repeated without a network`() throws {
    let (path, file) = (folder.file("socket"), folder.file("session.journal"))
    let script = """
      spawn http \(path)
      spawn fetch \(path) /tick
      wait 2
      save \(file) --force
      reset
      load \(file)
      handles
      back 3
      forward 3
      output 2
      save \(folder.file("hidden.journal")) --redact
      load \(folder.file("hidden.journal"))
      """
    let outcome = try coros("--keep-going", "-c", script)
    #expect(outcome.output.contains("HTTP/1.1 200 OK"))
    let answers = outcome.output.split(separator: "\n").filter {
      $0.hasPrefix("[2] tick") || $0.hasPrefix("tick ")
    }
    #expect(answers.count >= 1)
    #expect(outcome.errors.contains("this journal hides the bytes that came in"))
    let hidden = try #require(folder.read("hidden.journal"))
    #expect(hidden.contains(" hidden ") && !hidden.contains("GET") && !hidden.contains("HTTP/1.1"))
    // A hash would tell whether a guess of the bytes is right.
    let sends = hidden.split(separator: "\n").filter { $0.contains(" send ") }
    #expect(sends.count == 2)
    for line in sends { #expect(line.contains(":hidden count "), "\(line)") }
    let journal = try #require(fopen(file, "r"))
    defer { fclose(journal) }
    var lines: [String] = []
    var buffer = [CChar](repeating: 0, count: 1 << 16)
    while fgets(&buffer, Int32(buffer.count), journal) != nil {
      lines.append(
        String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      )
    }
    #expect(lines.contains { $0.hasPrefix("in:") && $0.contains(" receive ") })
  }

  @Test(arguments: 1...8)
  func `a branch that begins in the past of a live run is saved, and repeated`(_ seed: Int) throws {
    let path = folder.file("nobody")
    for script in [
      "run 9; back 3; kill 2; run 20",
      "run 14; back 4; kill 4; run 15",
      "run 15; stop 3; run 5; resume 3; run 9; back 6; kill 3; run 9",
      "run 20; back 9; spawn slowloris \(path); run 30; back 20; kill 3; run 25; branch 1; run 5; branch 2",
    ] {
      let outcome = try coros(
        "--keep-going",
        "-c",
        """
        policy lottery; seed \(seed); spawn slowloris \(path); \(script); ps -a
        save \(folder.file("live.journal")) --force; load \(folder.file("live.journal")); ps -a
        """
      )
      // Before and after loading the machine is the same.
      let halves = outcome.output.split(separator: "loaded: ", maxSplits: 1)
      try #require(halves.count == 2, "\(script): \(outcome.errors)")
      let table = halves[1].split(separator: "\n").dropFirst().joined(separator: "\n")
      #expect(halves[0].contains(table), "\(script)")
    }
  }

  @Test func `a recording that was changed names the first difference`() throws {
    let (path, file) = (folder.file("socket"), folder.file("session.journal"))
    let made = try coros(
      "-c",
      "spawn http \(path); spawn fetch \(path) /tick; wait 2; save \(file) --force"
    )
    #expect(made.exit == .code(0), "\(made.errors)")
    let changed = try shell(
      "sed 's|GET%20/tick|GET%20/nick|; s|^in:[0-9a-f]*|in|' \"$1\" > \"$1.2\" && \"$2\" -c \"load $1.2\"",
      file,
      corosProgram
    )
    #expect(changed.exit == .code(1))
    #expect(changed.errors.contains("the run differs from the recorded one"))
    #expect(changed.errors.contains("at byte 0 of what it sends"))
  }

  @Test func `no bit of what came in changes unnoticed, whether tasks act on it or not`() throws {
    let file = folder.file("session.journal")
    let note = try folder.write("note", "nobody looks at this text\n")
    let made = try coros("-c", "spawn cat \(note); run; save \(file) --force")
    #expect(made.exit == .code(0), "\(made.errors)")
    let lines = try #require(folder.read("session.journal")).split(separator: "\n").map(Array.init)
    let incoming = lines.indices.filter { lines[$0].starts(with: "in:") }
    try #require(incoming.count == 4)
    var script = ""
    for index in incoming {
      for bit in stride(from: index, to: lines[index].count * 8, by: 5) {
        var bytes = lines.map { Array(String($0).utf8) }
        bytes[index][bit / 8] ^= 1 << (bit % 8)
        let name = "changed.\(index).\(bit)"
        folder.write(bytes: Array(bytes.joined(separator: [10])), to: name)
        script += "load \(folder.file(name))\n"
      }
    }
    let outcome = try coros("--keep-going", "-", input: script)
    #expect(!outcome.output.contains("loaded"))
    #expect(outcome.errors.contains("what came in here is not what was written"))
    #expect(outcome.errors.contains("write `in` in place of `in:"))
    #expect(outcome.errors.ranges(of: "hint: ").count > 100)
  }

  @Test func `a sandbox has no handles`() throws {
    let outcome = try coros(
      "--sandbox",
      "--keep-going",
      "-c",
      "spawn echo; run; handles; clock real; limit handles 3"
    )
    #expect(outcome.errors.contains("this machine has no world: no handles can be opened"))
    #expect(
      outcome.errors.ranges(of: "a sandbox has no files, sockets or real time").count == 3
    )
  }

  @Test(arguments: ["spawn echo here/s; explore", "spawn cat /dev/null; step 2; explore random"])
  func `schedules of tasks that reach outside are not tried`(_ script: String) throws {
    let outcome = try coros("--keep-going", "-c", script)
    #expect(outcome.errors.contains("schedules are tried without the world"))
    #expect(!outcome.output.contains("fails"))
  }

  @Test func `a recording with an answer that no world gives is refused by its line`() throws {
    let (path, file) = (folder.file("socket"), folder.file("session.journal"))
    let made = try coros(
      "-c",
      "spawn http \(path); spawn fetch \(path) /tick; wait 2; save \(file) --force"
    )
    #expect(made.exit == .code(0), "\(made.errors)")
    for change in [
      "s|opened 1 stream|opened 9223372036854775807 stream|", "s|count [0-9]*$|count 999999|",
      "s|^in 2 |in 3 |",
    ] {
      let changed = try shell(
        "sed \"s|^in:[0-9a-f]*|in|; $3\" \"$1\" > \"$1.2\" && \"$2\" -c \"load $1.2\"",
        file,
        corosProgram,
        change
      )
      #expect(changed.exit == .code(1), "\(change)")
      #expect(changed.errors.contains("session.journal.2:"), "\(change)")
    }
  }

  @Test func `a server that is killed while it serves comes back with its past`() throws {
    let path = folder.file("socket")
    let terminal = try PseudoTerminal.atPrompt(home: folder.path)
    try terminal.enter("spawn http \(path); run", expecting: "task 1: http")
    let asking = "spawn fetch \(path) /tick; run; if status($!) == 0 { exit }"
    let answer = try coros("--keep-going", "-c", "repeat 200 { \(asking) }")
    #expect(answer.output.contains("tick "))
    // What came in is written twice a second.
    _ = try shell(
      "for try in $(seq 400); do grep -rqs ' receive 16384 bytes GET' \"$1\" && exit; sleep 0.1; done; exit 1",
      folder.path
    )
    kill(terminal.process, SIGKILL)
    _ = try terminal.waitForExit()
    let again = try PseudoTerminal.atPrompt(["--resume"], home: folder.path)
    #expect(again.transcript.contains("went with the process that had opened"))
    try again.enter("handles", expecting: "listener")
    // The place of the socket is free again.
    try again.enter("run; spawn http \(path); step; ps", expecting: "http")
    try again.enter("back 2", expecting: "at tick")
  }

  @Test func `a file and a named device are read`() throws {
    try folder.write("note", "one\ntwo\n")
    let outcome = try coros("--device", "note=\(folder.file("note"))", "-c", "spawn cat note; run")
    #expect(outcome.output.contains("[1] one\n[1] two\n"))
  }

  @Test(arguments: ["/dev/tty", "/dev/stdin", "keys"])
  func `at a prompt no program takes the keys`(_ name: String) throws {
    let terminal = try PseudoTerminal.atPrompt(["--device", "keys=fd:0"], home: folder.path)
    try terminal.enter(
      "spawn cat \(name); run",
      expecting: "failed: denied: \(name) is the terminal"
    )
    try terminal.enter("echo typed", expecting: "typed")
  }

  @Test func `other machines reach a server only where that is allowed`() throws {
    for address in ["*:0", "0.0.0.0:0"] {
      let commands = "spawn echo '\(address)'; run 3; handles"
      let open = try coros("--listen-any", "-c", commands)
      #expect(open.output.contains("listener  0.0.0.0:"))
      let closed = try coros("-c", commands)
      #expect(closed.errors.contains("can be reached from other machines"))
      #expect(closed.output.contains("nothing is open"))
    }
  }

  @Test func `a full recording stops the machine by name`() throws {
    let outcome = try coros("-c", "limit recording 1000; spawn cat /dev/zero; run")
    #expect(outcome.exit == .code(1))
    #expect(outcome.errors.contains("what came in fills the recording"))
  }

  @Test func `real time passes while the machine waits`() throws {
    let outcome = try coros("-c", "clock real 1ms; spawn clock 20 2; run; clock")
    #expect(outcome.output.contains("[1] it is tick"))
    #expect(outcome.output.contains("real time, a tick takes 1 ms"))
  }

  @Test func `who gets no descriptor from the system is told of once`() throws {
    let outcome = try shell(
      "ulimit -n 24; exec \"$1\" -c \"$2\"",
      corosProgram,
      "limit handles 1000; repeat 40 { spawn cat /dev/null }; run; lints"
    )
    let words = "gets no handle, since the system allows this process no more open files"
    #expect(outcome.errors.ranges(of: words).count == 1)
    #expect(outcome.output.contains(words))
    #expect(outcome.output.contains("start Coros"))
  }

  @Test(.enabled(if: has("python3"))) func `a server with few descriptors serves on`() throws {
    let path = folder.file("socket")
    let server = try BatchProgram(
      "/bin/sh",
      [
        "-c", "ulimit -n 24; exec \"$1\" -c \"spawn echo $2; limit handles 1000; run\"", "sh",
        corosProgram, path,
      ]
    )
    defer { server.signal(SIGKILL) }
    try server.wait(for: "a server that listens") { _ in access(path, F_OK) == 0 }
    let answer = try shell(
      """
      python3 -c "
      import socket, sys
      def guest():
          s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.settimeout(20); return s
      many = [guest() for _ in range(40)]
      for s in many[:5]: s.close()
      late = many[30]
      for s in many[5:25]: s.close()
      late.sendall(b'late'); print(late.recv(9).decode())" "$1"
      """,
      path
    )
    #expect(answer.output == "late\n", "\(answer.errors)")
  }
}
