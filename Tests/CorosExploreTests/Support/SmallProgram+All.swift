import CorosKernel
import CorosSync

// Small programs of every kind.

extension SmallProgram {
  static let all: [SmallProgram] = locks + waits + meetings + orders + families + typed

  private static let locks = [
    SmallProgram("a lock, taken twice") { t in
      [[Lock(t.m), Lock(t.m), Unlock(t.m)], [Lock(t.m), Unlock(t.m)]]
    },
    SmallProgram("a lock, given back by another") { t in
      [[Lock(t.m), Yield(), Unlock(t.m)], [Unlock(t.m), Lock(t.m)]]
    },
    SmallProgram("a lock that is left behind") { t in
      [[Lock(t.m)], [Lock(t.m), Unlock(t.m)], [TryLock(t.m)]]
    },
    SmallProgram("locks crosswise") { t in
      [[Lock(t.m), Lock(t.n), Unlock(t.m)], [Lock(t.n), Lock(t.m), Unlock(t.n)]]
    },
    SmallProgram("a lock, tried") { t in
      [[Lock(t.m), Unlock(t.m)], [TryLock(t.m), Unlock(t.m)], [Lock(t.m), Unlock(t.m)]]
    },
    SmallProgram("permits") { t in
      [[Release(t.s), Acquire(t.s)], [Acquire(t.s), Release(t.s)], [TryAcquire(t.s)]]
    },
    SmallProgram("owned permits") { t in
      [[Release(t.s), Acquire(t.s, isOwned: true)], [Acquire(t.s, isOwned: true), Yield()]]
    },
    SmallProgram("readers and writers") { t in
      [
        [LockRW(t.rw, toWrite: true), UnlockRW(t.rw)],
        [LockRW(t.rw, toWrite: false), UnlockRW(t.rw)],
        [LockRW(t.rw, toWrite: false)],
      ]
    },
    SmallProgram("a reader that becomes a writer") { t in
      [
        [LockRW(t.rw, toWrite: true), UnlockRW(t.rw, downgrading: true), UnlockRW(t.rw)],
        [TryLockRW(t.rw, toWrite: false), LockRW(t.rw, toWrite: true)],
      ]
    },
  ]

  private static let waits = [
    SmallProgram("a lock, for a time") { t in
      [[Lock(t.m), Yield(), Unlock(t.m)], [Lock(t.m, timeout: 1), Unlock(t.m)]]
    },
    SmallProgram("a lock, for a time and for ever") { t in
      [[Lock(t.m), Unlock(t.m)], [Lock(t.m, timeout: 2)], [Lock(t.m)]]
    },
    SmallProgram("permits, for a time") { t in
      [[Release(t.s), Acquire(t.s)], [Acquire(t.s, timeout: 2), Yield()]]
    },
    SmallProgram("a value, for a time") { t in
      [
        [Send(1, on: t.line), Send(2, on: t.line, timeout: 1)], [Receive(from: t.line, timeout: 2)],
      ]
    },
    SmallProgram("a task, for a time") { _ in [[WaitTask(2, timeout: 2)], [Yield(), Yield()]] },
    SmallProgram("an event, for a time") { t in
      [[SetEvent(t.e), ClearEvent(t.e)], [WaitEvent(t.e, timeout: 1), WaitEvent(t.e)]]
    },
    SmallProgram("a barrier, for a time") { t in
      [[Arrive(t.b, timeout: 1)], [Arrive(t.b, timeout: 2)], [Arrive(t.b)]]
    },
    SmallProgram("a message, for a time") { _ in
      [[ReceiveMessage<Message>(timeout: 1)], [SendMessage(7, to: 1), Yield()]]
    },
    SmallProgram("sleep") { t in [[Sleep(2), Lock(t.m)], [Lock(t.m), Yield(), Unlock(t.m)]] },
    SmallProgram("two sleepers") { t in
      [[Sleep(1), Send(1, on: t.line)], [Sleep(2), Receive(from: t.line)], [Yield()]]
    },
    SmallProgram("the clock") { t in [[Lock(t.m), Unlock(t.m)], [GetTime(), Lock(t.m)]] },
    SmallProgram("a scope, for a time") { t in
      [[OpenScope(timeout: 2), Acquire(t.s), CloseScope(1)], [Yield(), Release(t.s)]]
    },
    SmallProgram("a condition") { t in
      [
        [Lock(t.m), CondWait(t.c), Relock(t.c), Unlock(t.m)],
        [Lock(t.m), Notify(t.c), Unlock(t.m)],
      ]
    },
    SmallProgram("a condition, and a lock beside it") { t in
      [
        [Lock(t.m), CondWait(t.c), Relock(t.c)], [Lock(t.m), Notify(t.c), Unlock(t.m)],
        [Lock(t.m)],
      ]
    },
    SmallProgram("a condition, for a time") { t in
      [[Lock(t.m), CondWait(t.c, timeout: 2), Relock(t.c)], [Lock(t.m), Notify(t.c, all: true)]]
    },
    SmallProgram("an event") { t in
      [[SetEvent(t.e), ClearEvent(t.e)], [WaitEvent(t.e)], [WaitEvent(t.e)]]
    },
    SmallProgram("a barrier") { t in [[Arrive(t.b)], [Arrive(t.b)], [Arrive(t.b)]] },
  ]

  private static let meetings = [
    SmallProgram("a meeting") { t in
      [[Send(1, on: t.meet)], [Send(2, on: t.meet)], [Receive(from: t.meet)]]
    },
    SmallProgram("two receivers") { t in
      [
        [Send(1, on: t.meet), Send(2, on: t.meet)], [Receive(from: t.meet)],
        [Receive(from: t.meet)],
      ]
    },
    SmallProgram("a meeting, for a time") { t in
      [[Send(1, on: t.meet, timeout: 1), Yield()], [Receive(from: t.meet, timeout: 2)]]
    },
    SmallProgram("a channel that is closed") { t in
      [[Send(1, on: t.line), Close(t.line)], [Receive(from: t.line)], [Receive(from: t.line)]]
    },
    SmallProgram("a channel that is closed beside a sender") { t in
      [[Send(1, on: t.line), Send(2, on: t.line)], [Close(t.line)], [Receive(from: t.line)]]
    },
    SmallProgram("a meeting place that is closed") { t in
      [[Send(1, on: t.meet)], [Close(t.meet)], [Receive(from: t.meet)]]
    },
    SmallProgram("one of two meetings") { t in
      [
        [Select([.receive(from: t.meet), .receive(from: t.other)])], [Send(1, on: t.meet)],
        [Send(2, on: t.other)],
      ]
    },
    SmallProgram("one of two meetings, and another receiver") { t in
      [
        [Select([.receive(from: t.meet), .receive(from: t.other)])], [Receive(from: t.other)],
        [Send(2, on: t.other), Send(1, on: t.meet)],
      ]
    },
    SmallProgram("a value or a permit") { t in
      [
        [Select([.receive(from: t.line), .acquire(t.s)])], [Send(1, on: t.line), Release(t.s)],
        [Acquire(t.s)],
      ]
    },
    SmallProgram("an event or a value to send, for a time") { t in
      [
        [Select([.event(t.e), .send(1, on: t.line)], timeout: 1)],
        [Send(2, on: t.line), Receive(from: t.line), SetEvent(t.e)],
      ]
    },
    SmallProgram("a choice that does not wait") { t in
      [
        [Select([.receive(from: t.meet), .acquire(t.s)], waits: false)], [Send(1, on: t.meet)],
        [Release(t.s)],
      ]
    },
    SmallProgram("a choice by chance") { t in
      [
        [Select([.receive(from: t.line), .acquire(t.s)], isFair: true)],
        [Send(1, on: t.line), Random(below: 2)], [Release(t.s)],
      ]
    },
    SmallProgram("a line of values") { t in
      [
        [Send(1, on: t.line)], [Send(2, on: t.line)],
        [Receive(from: t.line), Receive(from: t.line)],
      ]
    },
    SmallProgram("mail") { _ in
      [
        [ReceiveMessage<Message>(), ReceiveMessage<Message>()], [SendMessage(1, to: 1)],
        [SendMessage(2, to: 1)],
      ]
    },
    SmallProgram("mail, and an end") { _ in
      [[ReceiveMessage<Message>()], [SendMessage(1, to: 1), SendMessage(2, to: 1)]]
    },
    SmallProgram("a monitor") { _ in
      [[MonitorTask(2), ReceiveMessage<Message>()], [Yield()], [SendMessage(1, to: 1)]]
    },
    SmallProgram("a link") { _ in [[Link(with: 2), Yield(), Yield()], [Yield()]] },
    SmallProgram("a link that is told of") { _ in
      [[TrapExits(), Link(with: 2), ReceiveMessage<Message>()], [Yield()]]
    },
  ]

  private static let orders = [
    SmallProgram("who waits for a lock is killed") { t in
      [[Lock(t.m), Unlock(t.m)], [Lock(t.m)], [KillTask(2), Lock(t.m)]]
    },
    SmallProgram("who waits for a lock is stopped") { t in
      [[Lock(t.m), Unlock(t.m)], [Lock(t.m), Unlock(t.m)], [StopTask(2), Lock(t.m)]]
    },
    SmallProgram("who waits for a lock is stopped, and goes on") { t in
      [[Lock(t.m), Unlock(t.m)], [Lock(t.m)], [StopTask(2), ContinueTask(2)]]
    },
    SmallProgram("who waits for a lock is cancelled") { t in
      [[Lock(t.m), Unlock(t.m)], [Lock(t.m), Yield()], [CancelTask(2)]]
    },
    SmallProgram("who waits in front is killed") { t in
      [[Acquire(t.s)], [Acquire(t.s)], [KillTask(1), Release(t.s)]]
    },
    SmallProgram("who waits in front is cancelled by a third") { t in
      [[Acquire(t.s)], [Acquire(t.s)], [CancelTask(1)], [Release(t.s)]]
    },
    SmallProgram("who waits to meet is killed") { t in
      [[Send(1, on: t.meet)], [Receive(from: t.meet)], [KillTask(1)]]
    },
    SmallProgram("who waits for a condition is cancelled") { t in
      [[Lock(t.m), CondWait(t.c), Relock(t.c)], [CancelTask(1)], [Lock(t.m), Notify(t.c)]]
    },
    SmallProgram("who waits for a condition is killed") { t in
      [[Lock(t.m), CondWait(t.c), Relock(t.c)], [KillTask(1)], [Lock(t.m), Notify(t.c)]]
    },
    SmallProgram("who writes is killed beside a reader") { t in
      [
        [LockRW(t.rw, toWrite: false), UnlockRW(t.rw)], [LockRW(t.rw, toWrite: true)],
        [KillTask(2), TryLockRW(t.rw, toWrite: false)],
      ]
    },
    SmallProgram("who is at a barrier is killed") { t in
      [[Arrive(t.b)], [Arrive(t.b)], [KillTask(1), Arrive(t.b)]]
    },
    SmallProgram("who chooses is killed") { t in
      [
        [Select([.receive(from: t.meet), .acquire(t.s)])], [KillTask(1), Release(t.s)],
        [Send(1, on: t.meet, timeout: 1)],
      ]
    },
    SmallProgram("a task is killed, and waited for") { _ in
      [[Yield(), Yield()], [KillTask(1)], [WaitTask(1)]]
    },
    SmallProgram("a task is stopped, and killed") { _ in
      [[Yield()], [StopTask(1), ContinueTask(1)], [KillTask(1)]]
    },
    SmallProgram("each kills the other") { _ in [[KillTask(2), Yield()], [KillTask(1), Yield()]] },
    SmallProgram("a task that is cancelled in a shield") { t in
      [
        [OpenScope(isShield: true), Acquire(t.s), CloseScope(1), Yield()],
        [CancelTask(1), Release(t.s)],
      ]
    },
    SmallProgram("a task stops itself") { t in
      [[Lock(t.m), StopTask(1), Unlock(t.m)], [Lock(t.m)], [ContinueTask(1)]]
    },
  ]

  private static let families = [
    SmallProgram("ends") { _ in [[WaitTask(2)], [Yield()], [WaitTask(2)]] },
    SmallProgram("an end that is waited for in a circle") { _ in [[WaitTask(2)], [WaitTask(1)]] },
    SmallProgram("a birth") { _ in
      [[NewTask("child", machine: Caller([Yield(), GetParent()]))], [WaitTask(3)]]
    },
    SmallProgram("two births") { _ in
      [
        [NewTask("child", machine: Caller([]))],
        [NewTask("child", machine: Caller([GetTid()])), WaitTask(3)],
      ]
    },
    SmallProgram("any child") { _ in
      [
        [
          NewTask("child", machine: Caller([Yield()])), NewTask("child", machine: Caller([])),
          WaitAnyChild(), WaitAnyChild(),
        ]
      ]
    },
    SmallProgram("any child, for a time") { _ in
      [[NewTask("child", machine: Caller([Yield()])), WaitAnyChild(timeout: 1)], [Yield()]]
    },
    SmallProgram("any child, and one that is killed") { _ in
      [[NewTask("child", machine: Caller([Yield()])), WaitAnyChild()], [KillTask(3)]]
    },
    SmallProgram("a child whose parent is killed") { _ in
      [[NewTask("child", machine: Caller([GetParent()])), Yield()], [KillTask(1)]]
    },
    SmallProgram("priorities") { _ in [[SetPriority(3, of: 2)], [GetPriority()]] },
  ]

  private static let typed = [
    SmallProgram(
      Model(
        "a group",
        ["root", "beside"],
        """
        shared n = 0
        mutex m
        program child { lock m; n = 1 }
        program root { group { spawn child }; n = 2 }
        program beside { lock m }
        """
      )
    ),
    SmallProgram(
      Model(
        "a group with a servant",
        ["root"],
        """
        shared n = 0
        semaphore s
        program servant { down s; n = 1 }
        program child { n = 2 }
        program root { group { spawn servant as servant; spawn child } }
        """
      )
    ),
    SmallProgram(
      Model(
        "a group with a failure",
        ["root"],
        """
        shared n = 0
        mutex m
        program child { lock m; n = 1; unlock m }
        program wrong { var r = n; assert r == 1 }
        program root { group { spawn child; spawn wrong } }
        """
      )
    ),
    SmallProgram(
      Model(
        "waits for cells",
        ["one", "two", "three"],
        """
        shared a = 0, b = 0
        program one { await a > 0; b = 1 }
        program two { when b == 0 { a = 1 } }
        program three { a = 2 }
        """
      )
    ),
    SmallProgram(
      Model(
        "a wait for a cell, for a time",
        ["one", "two"],
        """
        shared a = 0, b = 0
        program one { within 2 { await a > 0; b = 1 } else { b = 2 } }
        program two { yield; a = 1 }
        """
      )
    ),
    SmallProgram(
      Model(
        "critical parts",
        ["one", "one"],
        """
        shared a = 0
        program one { critical { var r = a; a = r + 1 } }
        """
      )
    ),
  ]
}
