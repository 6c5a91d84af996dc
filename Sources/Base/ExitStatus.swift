/// What `ringbench` exits with.
package enum ExitStatus: Int32, Sendable {
  case done = 0
  /// A comparison found a cell that got worse.
  case worse = 1
  /// Bad usage or bad input; nothing was written.
  case badInput = 2
  /// A cell failed and the other cells' results are written; or something outside failed: a folder that became
  /// unwritable, a download, a build, a guest.
  case failed = 3
  /// A comparison found nothing to compare.
  case notComparable = 4
  /// Nothing could run here.
  case cannotRun = 77
  /// Everything measured so far is written, and the run can be resumed.
  case interrupted = 130
}
