/// The user has interrupted a long operation.
package struct Interrupted: Error {
  package init() {}
}
