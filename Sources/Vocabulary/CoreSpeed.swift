/// When a core counts as undisturbed.
package enum CoreSpeed {
  /// How much longer an empty system call, or a step of arithmetic, may take than it ever took on the core in the run.
  ///
  /// Where a neighbour shares the core, operations were seen to take 30 to 40 % longer while a system call takes 5 to
  /// 7 % longer; undisturbed, it varies by a few tenths of a per cent. The C reference has the same number.
  package static let tolerance = 1.04
}
