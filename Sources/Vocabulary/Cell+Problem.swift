/// Why no machine can measure a cell: bad input, not a result.
package struct CellProblem: Error, Hashable, Sendable {
  /// The axes whose values don't fit each other, the likeliest mistake first.
  package let axes: [CellAxis]
  /// The value, and what would be right.
  package let sentence: String

  init(_ axes: CellAxis..., sentence: String) {
    self.axes = axes
    self.sentence = sentence
  }
}

extension Cell {
  /// The first problem; nil for valid input.
  ///
  /// A value that only some kernel or transport refuses, such as a datagram of 64 KiB, is valid input: the cell is
  /// measured, and its result says `unsupported`.
  package var problem: CellProblem? {
    rangeProblem ?? buffersProblem ?? batchProblem ?? handBackProblem ?? alignProblem ?? connectionsProblem
      ?? fitProblem ?? patternProblem
  }

  /// A value outside the limits of its axis.
  private var rangeProblem: CellProblem? {
    for axis in NumberAxis.allCases {
      guard let value = self[axis], !axis.range.contains(value) else { continue }
      let right = "from \(axis.range.lowerBound) to \(axis.range.upperBound) are possible"
      return CellProblem(.number(axis), sentence: "\(axis.text(value)): \(right)")
    }
    return nil
  }

  private var buffersProblem: CellProblem? {
    guard mode.isRing, buffers.nonzeroBitCount != 1 else { return nil }
    let right = "mode \(mode.rawValue) needs a power of two, such as \(Self.powersOfTwo(around: buffers))"
    return CellProblem(.number(.buffers), .mode, sentence: "\(buffers) buffers: \(right)")
  }

  private static func powersOfTwo(around count: Int) -> String {
    let below = 1 << (Int.bitWidth - 1 - count.leadingZeroBitCount)
    return NumberAxis.buffers.range.contains(below * 2) ? "\(below) or \(below * 2)" : "\(below)"
  }

  /// A group of buffers may be smaller than a batch: that is what shows the cost of running out. Receives that name their
  /// own buffers can't run out.
  private var batchProblem: CellProblem? {
    guard batch > buffers, mode.usesUring, !mode.selectsFromGroup else { return nil }
    let most = "a batch of mode \(mode.rawValue) is at most the number of buffers"
    return CellProblem(
      .number(.batch), .number(.buffers), sentence: "a batch of \(batch) messages with \(buffers) buffers: \(most)")
  }

  /// Buffers that wait to be handed back together are not with the kernel: at least one must be.
  private var handBackProblem: CellProblem? {
    guard mode.selectsFromGroup, let handBack, handBack > buffers else { return nil }
    return CellProblem(
      .number(.handBack), .number(.buffers),
      sentence: "\(handBack) buffers handed back at once with \(buffers) buffers: at most the number of buffers")
  }

  private var alignProblem: CellProblem? {
    let align = number(.align)
    guard align.nonzeroBitCount != 1 else { return nil }
    return CellProblem(
      .number(.align), sentence: "\(align) bytes: a power of two is needed, such as \(Self.powersOfTwo(around: align))")
  }

  private var connectionsProblem: CellProblem? {
    if pattern.isRoundTrip, connections > 1 {
      return CellProblem(
        .number(.connections), .pattern, sentence: "\(connections) connections: \(pattern.rawValue) uses one")
    }
    return nil
  }

  /// A buffer that is too small for a message that must arrive whole.
  private var fitProblem: CellProblem? {
    guard transport.keepsMessageBoundaries || workload == .file, bufferSize < messageSize else { return nil }
    let why = workload == .file ? "is read message by message" : "keeps messages whole"
    let needed = "\(transport.rawValue) \(why), so at least \(messageSize) bytes are needed"
    return CellProblem(
      .number(.bufferSize), .number(.messageSize), .transport,
      sentence: "buffers of \(bufferSize) bytes for messages of \(messageSize): \(needed)")
  }

  /// A value on an axis that the cell's pattern lacks, or no value on an axis that it has.
  private var patternProblem: CellProblem? {
    for axis in NumberAxis.allCases {
      guard let owner = axis.pattern else { continue }
      if pattern != owner, self[axis] != nil {
        return CellProblem(
          .number(axis), .pattern, sentence: "only pattern \(owner.rawValue) has a \(axis.rawValue)")
      }
      if pattern == owner, self[axis] == nil {
        let right = "give \(axis.option), or '\(axis.rawValue)' in the suite"
        return CellProblem(
          .pattern, sentence: "\(owner.rawValue) needs a \(axis.rawValue) in \(axis.unitText): \(right)")
      }
    }
    return nil
  }
}
