/// What a command needs: decides who may give it from another terminal, and when.
package enum GuestAccess: Comparable {
  /// It shows the present, and may be asked while another command runs.
  case present
  /// It goes through the past or takes a while, but changes nothing.
  case past
  /// It changes the machine, the shell or files: only for whoever drives.
  case changing
}
