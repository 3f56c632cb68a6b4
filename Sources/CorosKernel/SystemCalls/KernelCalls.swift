/// The system calls of the kernel itself.
public enum KernelCalls {
  /// Their types, in the order of their names.
  public static let all: [any SystemCall.Type] = [
    CancelTask.self,
    Compute.self,
    ContinueTask.self,
    Exit.self,
    GetParent.self,
    GetPriority.self,
    GetTid.self,
    GetTime.self,
    KillTask.self,
    MakeNote.self,
    NewTask.self,
    PerformIO.self,
    Random.self,
    SetNice.self,
    SetPriority.self,
    SetTickets.self,
    Sleep.self,
    SleepUntil.self,
    StopTask.self,
    WaitAnyChild.self,
    WaitTask.self,
    Write.self,
    Yield.self,
  ]
}
