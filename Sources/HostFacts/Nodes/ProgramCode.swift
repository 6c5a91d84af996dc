import CLinux

/// The instructions of this process.
package enum ProgramCode {
  /// Has all of them in memory and in the page tables, so that executing none for the first time is a page fault.
  package static func fetch() { clinux_fetch_code() }
}
