/// A cell whose numbers cannot be measured, whatever the kernel.
package struct CellError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One line: the option, its value, and what would be right.
  package let description: String
}

extension Cell {
  /// The kernel takes at most this many entries in a buffer ring (`io_uring/kbuf.c`).
  package static let maximumBuffers = 32768

  /// - Throws: what is wrong first, in the order of the options.
  package func validate() throws(CellError) {
    try require(messageSize > 0, "--message-size \(messageSize): must be at least 1")
    try require(bufferSize > 0, "--buffer-size \(bufferSize): must be at least 1")
    try require(
      bufferSize >= messageSize || !(transport.keepsMessageBoundaries || workload == .file),
      "--buffer-size \(bufferSize): \(transport.rawValue) receives a message of \(messageSize) bytes into one buffer")
    try require(
      (1...Self.maximumBuffers).contains(buffers), "--buffers \(buffers): must be from 1 to \(Self.maximumBuffers)")
    try require(
      !mode.isRing || buffers & (buffers - 1) == 0, "--buffers \(buffers): \(mode.rawValue) needs a power of two")
    try require((1...buffers).contains(batch), "--batch \(batch): must be from 1 to the number of buffers, \(buffers)")
    try require(
      connections > 0 && batch % connections == 0,
      "--connections \(connections): the batch, \(batch), must be a multiple of it")
    try require(
      pattern != .pingpong || connections == 1, "--connections \(connections): pingpong uses one connection")
    try require((pattern == .paced) == (rate != nil), "--rate goes with --pattern paced, and paced needs it")
    try require(rate ?? 1 > 0, "--rate \(rate ?? 0): must be at least 1")
  }

  private func require(_ condition: Bool, _ sentence: @autoclosure () -> String) throws(CellError) {
    if !condition { throw CellError(description: sentence()) }
  }
}
