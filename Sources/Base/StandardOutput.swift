import CLinux

/// Data goes here, by `print`.
package enum StandardOutput {
  /// Writes what is buffered.
  ///
  /// - Throws: `failed` when this write or an earlier one failed, as on a full disk: `print` itself says nothing.
  package static func finish() throws(RingbenchError) {
    guard clinux_finish_output() == 0 else {
      throw RingbenchError.failed("standard output: can't be written to: is the disk full?")
    }
  }
}
