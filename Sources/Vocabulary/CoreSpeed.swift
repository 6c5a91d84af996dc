/// When a core counts as undisturbed.
package enum CoreSpeed {
  /// How much longer the syscall probe, or a step of arithmetic, may take than its fastest time on the core: in the run
  /// for a trial, and for a round in the trial where nothing is known of the run yet.
  ///
  /// When a neighbour shared the core, operations took 30 to 40 % longer and the syscall probe 5 to 7 % longer. On an
  /// undisturbed core the median of the probes varies by a few tenths of a per cent. The C reference has the same number.
  package static let tolerance = 1.04
}
