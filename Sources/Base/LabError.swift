/// A kernel that can't be had, or a virtual machine that did not do what it was started for: exit status 3.
package struct LabError: Error, Hashable, Sendable {
  /// One line.
  package var message: String
  /// What the guest's console showed last; empty where there is no guest.
  package var console: [String]

  package init(_ message: String, console: [String] = []) {
    self.message = message
    self.console = console
  }
}
