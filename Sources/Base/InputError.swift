/// Bad usage or bad input, found before anything was written: exit status 2.
///
/// The message is one line that says what is wrong, where, and what would be right.
package struct InputError: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// Nothing could be measured on this machine: exit status 77. The message has the reason and the remedy.
package struct CannotRunError: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
