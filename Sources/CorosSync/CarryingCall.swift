import CorosKernel

/// A call that carries a value of some type, so that it is a type of its own for each.
///
/// Whoever asks which call it is goes by its name, which is the same for all.
package protocol CarryingCall {}

extension MakeChannel: CarryingCall {}
extension Send: CarryingCall {}
extension SendParcel: CarryingCall {}
extension SendNumber: CarryingCall {}
extension Receive: CarryingCall {}
extension ReceiveParcel: CarryingCall {}
extension Close: CarryingCall {}
extension SendMessage: CarryingCall {}
extension SendMail: CarryingCall {}
extension ReceiveMessage: CarryingCall {}
extension ReceiveMail: CarryingCall {}
extension Ask: CarryingCall {}
extension Answer: CarryingCall {}
