// Programs of which is known how many schedules they have, and how many of them go wrong.

extension Model {
  static func readers(_ count: Int) -> Model {
    Model(
      "readers(\(count))",
      ["w"] + Array(repeating: "r", count: count),
      "shared x = 0\nprogram w { x = 1 }\nprogram r { var a = x }"
    )
  }

  static func philosophers(_ count: Int) -> Model {
    Model(
      "philosophers(\(count))",
      (0..<count).map { "phil \($0) \(($0 + 1) % count)" },
      """
      mutex fork[\(count)]
      program phil(i, j) { lock fork[i]; lock fork[j]; unlock fork[i]; unlock fork[j] }
      """
    )
  }

  static func orderedPhilosophers(_ count: Int) -> Model {
    let ring = philosophers(count)
    return Model(
      "philosophers_ordered(\(count))",
      (0..<count - 1).map { "phil \($0) \($0 + 1)" } + ["phil 0 \(count - 1)"],
      ring.text
    )
  }

  static func lostUpdate(_ count: Int) -> Model {
    Model(
      "lost_update(\(count))",
      Array(repeating: "p", count: count),
      "shared x = 0\nprogram p { var r = x; x = r + 1 }\nfinally x == \(count)"
    )
  }

  static func lockedUpdate(_ count: Int) -> Model {
    Model(
      "locked_update(\(count))",
      Array(repeating: "p", count: count),
      """
      shared x = 0
      mutex m
      program p { lock m; var r = x; x = r + 1; unlock m }
      finally x == \(count)
      """
    )
  }

  static func ainc(_ count: Int) -> Model {
    Model(
      "ainc(\(count))",
      Array(repeating: "p", count: count),
      "shared x = 0\nprogram p { atomic { x += 1 } }"
    )
  }

  static func casrot(_ count: Int) -> Model {
    Model(
      "casrot(\(count))",
      (0..<count).map { "p \($0)" },
      "shared x = 0\nprogram p(i) { atomic { if x == i { x = i + 1 } } }"
    )
  }

  static func lastzero(_ count: Int) -> Model {
    Model(
      "lastzero(\(count))",
      ["zero"] + (0..<count).map { "raise \($0)" },
      """
      shared a[\(count + 1)]
      program zero {
        var i = \(count)
        var v = a[i]
        while v != 0 { i -= 1; v = a[i] }
      }
      program raise(j) { var r = a[j]; a[j + 1] = r + 1 }
      """
    )
  }

  static let account = Model(
    "account",
    ["deposit", "withdraw", "check"],
    """
    shared bal = 0, dd = 0, wd = 0
    mutex m
    program deposit { lock m; var r = bal; bal = r + 2; dd = 1; unlock m }
    program withdraw { lock m; var r = bal; bal = r - 4; wd = 1; unlock m }
    program check {
      lock m
      var p = dd, q = 0, r = -2
      if p == 1 { q = wd }
      if q == 1 { r = bal }
      unlock m
      assert not (p == 1 and q == 1) or r == -5
    }
    """
  )

  static let abba = Model(
    "abba",
    ["one", "two"],
    """
    mutex a
    mutex b
    program one { lock a; lock b; unlock b; unlock a }
    program two { lock b; lock a; unlock a; unlock b }
    """
  )

  static func reorder(_ count: Int) -> Model {
    Model(
      "reorder(\(count))",
      Array(repeating: "put", count: count - 1) + ["check"],
      """
      shared a = 0, b = 0
      program put { a = 1; b = -1 }
      program check {
        var p = a
        var q = b
        assert (p == 0 and q == 0) or (p == 1 and q == -1)
      }
      """
    )
  }

  static func twostage(_ count: Int) -> Model {
    Model(
      "twostage(\(count))",
      Array(repeating: "put", count: count - 1) + ["check"],
      """
      shared d1 = 0, d2 = 0
      mutex l1
      mutex l2
      program put { lock l1; d1 = 1; unlock l1; lock l2; var r = d1; d2 = r + 1; unlock l2 }
      program check {
        lock l1
        var t = d1
        unlock l1
        var u = t + 1
        if t != 0 { lock l2; u = d2; unlock l2 }
        assert u == t + 1
      }
      """
    )
  }

  static func boundedBuffer(_ rounds: Int, _ slots: Int) -> Model {
    Model(
      "semaphore_pc(\(rounds),\(slots))",
      ["put", "get"],
      """
      shared buf[\(slots)]
      semaphore free = \(slots)
      semaphore full = 0
      program put {
        var i = 0
        repeat \(rounds) { down free; buf[i] = 1; i = (i + 1) % \(slots); up full }
      }
      program get {
        var i = 0, r = 0
        repeat \(rounds) { down full; r = buf[i]; i = (i + 1) % \(slots); up free }
      }
      """
    )
  }

  static func channel(_ count: Int) -> Model {
    Model(
      "channel(\(count))",
      (0..<count).map { "put \($0)" } + ["get"],
      """
      channel c \(count)
      program put(i) { send c i }
      program get { var x = 0; repeat \(count) { receive c x } }
      """
    )
  }

  static func trylock(_ count: Int) -> Model {
    Model(
      "mutex_trylock(\(count))",
      Array(repeating: "p", count: count),
      """
      shared x = 0
      mutex m
      program p { var ok = trylock m; if ok { var r = x; x = r + 1; unlock m } }
      """
    )
  }

  static let peterson = Model(
    "peterson",
    ["p 0 1", "p 1 0"],
    """
    shared f[2], turn = 0, n = 0
    program p(i, j) {
      f[i] = 1
      turn = j
      var a = f[j]
      if a == 1 { await turn == i }
      critical { n = 1 }
      f[i] = 0
    }
    """
  )

  static let phase01 = Model(
    "phase01",
    ["p", "p"],
    """
    mutex x
    mutex y
    program p { lock x; unlock x; lock x; lock y; unlock y; lock y; unlock y }
    """
  )

  static let joinResult = Model(
    "join_result",
    ["put", "join"],
    "shared x = 0\nprogram put { x = 1 }\nprogram join { wait 1; var r = x; assert r == 1 }"
  )

  static let conditionOnce = Model(
    "condition_once",
    ["waits", "wakes"],
    """
    shared ready = 0
    mutex m
    condition c on m
    program waits { lock m; var r = ready; if r == 0 { wait c }; unlock m }
    program wakes { ready = 1; signal c }
    """
  )

  static let popl = Model(
    "popl_example",
    ["one", "two", "three", "four"],
    """
    shared x = 0, y = 0, z = 0
    program one { x = 1 }
    program two { y = 1 }
    program three { var r = y; if r == 0 { z = 1 } }
    program four { var r = z; if r != 0 { var s = y; if s == 0 { x = 2 } } }
    """
  )

  static func order3(_ yields: Int) -> Model {
    Model(
      "order3(\(yields))",
      ["one", "two"],
      """
      shared fl = 0
      program one {
        repeat \(yields / 2) { yield }
        var r = fl
        if r == 0 { fl = 1 }
        var q = fl
        assert q != 2
        repeat \(yields / 2) { yield }
      }
      program two { repeat \(yields - 1) { yield }; var r = fl; if r == 1 { fl = 2 } }
      """
    )
  }

  static func spawned(_ count: Int) -> Model {
    Model(
      "spawned_lost_update(\(count))",
      ["main"],
      """
      shared x = 0
      program p { var r = x; x = r + 1 }
      program main { \(Array(repeating: "spawn p", count: count).joined(separator: "; ")) }
      finally x == \(count)
      """
    )
  }

  static func stack(_ rounds: Int) -> Model {
    Model(
      "stack(\(rounds))",
      ["push", "pop"],
      """
      shared count = 0, flag = false
      mutex m
      program push { repeat \(rounds) { lock m; count = count + 1; unlock m; flag = true } }
      program pop {
        repeat \(rounds) {
          var f = flag
          if f {
            lock m
            var c = count
            if c > 0 { count = c - 1 }
            unlock m
            assert c > 0
          }
        }
      }
      """
    )
  }
}
