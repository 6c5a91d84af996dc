import CLinux

/// The instructions of this process.
package enum ProgramCode {
  /// Brings all of them into memory and into the page tables. No instruction then meets a page fault when it is executed
  /// for the first time.
  package static func fetch() { clinux_fetch_code() }
}
