import Results

/// What makes a cell impossible whatever the machine: bad input, not a result.
enum CellRules {
  /// The most buffers a group may have: buffer identifiers have 16 bits, and a ring has at most 32768 entries.
  static let maximumBuffers = 32_768

  /// What is wrong, and the axes whose values don't fit each other.
  private typealias Problem = (axes: [String], text: String)

  static func check(_ cell: Cell, from group: SuiteGroup) throws(InputError) {
    guard let problem = problem(of: cell) else { return }
    let origins = problem.axes.map(group.origin)
    // What the user has just typed is the first to look at.
    let origin = origins.first { $0.hasPrefix("--") } ?? origins[0]
    throw InputError("\(origin): \(problem.text)")
  }

  private static func problem(of cell: Cell) -> Problem? {
    if cell.buffers > maximumBuffers {
      return (["buffers"], "\(cell.buffers) buffers: at most \(maximumBuffers) are possible")
    }
    if cell.mode.isRing, cell.buffers.nonzeroBitCount != 1 {
      let right = powersOfTwo(around: cell.buffers)
      return (
        ["buffers", Mode.axis],
        "\(cell.buffers) buffers: mode \(cell.mode.rawValue) needs a power of two, such as \(right)"
      )
    }
    if cell.batch > cell.buffers {
      let most = "a batch is at most the number of buffers"
      return (["batch", "buffers"], "a batch of \(cell.batch) messages with \(cell.buffers) buffers: \(most)")
    }
    return sizeProblem(of: cell) ?? rateProblem(of: cell)
  }

  private static func sizeProblem(of cell: Cell) -> Problem? {
    let (transport, size) = (cell.transport.rawValue, cell.messageSize)
    if let most = cell.transport.maximumMessageSize, size > most {
      return (["message-size", Transport.axis], "\(size) bytes: a message over \(transport) has at most \(most)")
    }
    if cell.transport.keepsMessageBoundaries, cell.bufferSize < size {
      let needed = "\(transport) keeps messages whole, so that at least \(size) bytes are needed"
      return (
        ["buffer-size", "message-size", Transport.axis],
        "buffers of \(cell.bufferSize) bytes for messages of \(size): \(needed)"
      )
    }
    return nil
  }

  private static func rateProblem(of cell: Cell) -> Problem? {
    guard cell.pattern == .paced, cell.rate == nil else { return nil }
    return ([Pattern.axis], "paced needs a rate in messages per second: give --rate, or 'rate' in the suite")
  }

  private static func powersOfTwo(around count: Int) -> String {
    let below = 1 << (Int.bitWidth - 1 - count.leadingZeroBitCount)
    return below * 2 <= maximumBuffers ? "\(below) or \(below * 2)" : "\(below)"
  }
}

extension Transport {
  /// The largest message in bytes; nil where there is none that matters here.
  ///
  /// UDP over IPv4: 65535 less the headers. A pipe in packet mode splits what is larger than `PIPE_BUF`, pipe(2).
  fileprivate var maximumMessageSize: Int? {
    switch self {
    case .udp: 65_507
    case .pipePacket: 4096
    case .tcp, .unixStream, .unixSeqpacket, .pipe, .file, .fileDirect: nil
    }
  }
}
