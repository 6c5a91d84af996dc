extension Cell {
  /// The kernel takes at most this many entries in a buffer ring (`io_uring/kbuf.c`), and a buffer's identifier has
  /// 16 bits.
  package static let maximumBuffers = 32_768

  /// Bytes in a message or a buffer: the kernel transfers at most 2 GiB less a page in one request.
  package static let maximumSize = 1 << 30

  /// Messages per second: one per nanosecond.
  package static let maximumRate = 1_000_000_000

  /// What is wrong first; nil when only a kernel can say more.
  ///
  /// What some kernel or some transport refuses, such as a datagram of 64 KiB, is no problem of the input: the cell is
  /// measured, and its result says `unsupported`.
  package var problem: CellProblem? {
    sizeProblem ?? buffersProblem ?? batchProblem ?? connectionsProblem ?? fitProblem ?? rateProblem
  }

  private var sizeProblem: CellProblem? {
    for (axis, size) in [(CellAxis.messageSize, messageSize), (.bufferSize, bufferSize)]
    where !(1...Self.maximumSize).contains(size) {
      return CellProblem(axis, sentence: "\(size) bytes: from 1 to \(Self.maximumSize) are possible")
    }
    return nil
  }

  private var buffersProblem: CellProblem? {
    if buffers > Self.maximumBuffers {
      return CellProblem(.buffers, sentence: "\(buffers) buffers: at most \(Self.maximumBuffers) are possible")
    }
    if buffers < 1 { return CellProblem(.buffers, sentence: "\(buffers) buffers: at least 1 is needed") }
    guard mode.isRing, buffers.nonzeroBitCount != 1 else { return nil }
    let right = "mode \(mode.rawValue) needs a power of two, such as \(Self.powersOfTwo(around: buffers))"
    return CellProblem(.buffers, .mode, sentence: "\(buffers) buffers: \(right)")
  }

  private var batchProblem: CellProblem? {
    if batch < 1 { return CellProblem(.batch, sentence: "a batch of \(batch) messages: at least 1 is needed") }
    guard batch > buffers else { return nil }
    let most = "a batch is at most the number of buffers"
    return CellProblem(.batch, .buffers, sentence: "a batch of \(batch) messages with \(buffers) buffers: \(most)")
  }

  private static func powersOfTwo(around count: Int) -> String {
    let below = 1 << (Int.bitWidth - 1 - count.leadingZeroBitCount)
    return below * 2 <= maximumBuffers ? "\(below) or \(below * 2)" : "\(below)"
  }
}

extension Cell {
  private var connectionsProblem: CellProblem? {
    if connections < 1 { return CellProblem(.connections, sentence: "\(connections): at least 1 is needed") }
    if pattern == .pingpong, connections > 1 {
      return CellProblem(.connections, .pattern, sentence: "\(connections) connections: pingpong has one")
    }
    guard batch % connections != 0 else { return nil }
    let share = "a batch gives each connection as many messages, so that it must be a multiple"
    return CellProblem(
      .connections, .batch, sentence: "\(connections) connections for a batch of \(batch) messages: \(share)")
  }

  /// Whether one buffer holds what one receive brings, where it must.
  private var fitProblem: CellProblem? {
    guard transport.keepsMessageBoundaries || workload == .file, bufferSize < messageSize else { return nil }
    let why = workload == .file ? "is read message by message" : "keeps messages whole"
    let needed = "\(transport.rawValue) \(why), so that at least \(messageSize) bytes are needed"
    return CellProblem(
      .bufferSize, .messageSize, .transport,
      sentence: "buffers of \(bufferSize) bytes for messages of \(messageSize): \(needed)")
  }

  private var rateProblem: CellProblem? {
    guard pattern == .paced else {
      return rate.map { _ in CellProblem(.rate, .pattern, sentence: "only pattern paced has a rate") }
    }
    guard let rate else {
      let right = "give --rate, or 'rate' in the suite"
      return CellProblem(.pattern, sentence: "paced needs a rate in messages per second: \(right)")
    }
    guard !(1...Self.maximumRate).contains(rate) else { return nil }
    return CellProblem(.rate, sentence: "\(rate) messages per second: from 1 to \(Self.maximumRate) are possible")
  }
}
