/// What `ringbench` exits with.
package enum ExitStatus: Int32, Sendable {
  case done = 0
  /// Bad usage or bad input; nothing was written.
  case badInput = 2
  /// A cell failed; the other cells' results are written.
  case cellFailed = 3
  /// Nothing could run here.
  case cannotRun = 77
  /// Everything measured so far is written, and the run can be resumed.
  case interrupted = 130
}
