import CorosServer
import CorosShell

/// The world around a shell at which nobody sits: those attached get their answers another way.
final class SilentHost: ShellHost {
  func write(_ text: String) {}
  func writeError(_ text: String) {}
  var isInterrupted: Bool { false }
  var width: Int { 80 }
  var nanoseconds: UInt64 { UInt64(AttachServer.milliseconds()) * 1_000_000 }
}
