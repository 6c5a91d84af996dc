import BufferModes
import Vocabulary

extension Cell {
  /// Why no kernel can run this combination. No kernel needs to be asked for this result.
  var impossible: Reason? {
    let sentence =
      fileLimit ?? callLimit ?? operationLimit ?? modeLimit ?? groupLimit ?? memoryLimit ?? checkLimit ?? bufferLimit
    return sentence.map { Reason(stage: .setup, message: $0) }
  }

  private var fileLimit: String? {
    guard workload == .file, pattern != .drain else { return nil }
    return pattern == .armed
      ? "nothing waits on a file, whose data is always there: only drain reads it"
      : "a file has no sender at its other end: only drain reads it"
  }

  /// What a mode without a ring lacks.
  private var callLimit: String? {
    guard !mode.usesUring else { return nil }
    switch operation {
    case .multishot: return "a multishot receive is a request of io_uring; \(mode.rawValue) receives once per call"
    case .bundle: return "a bundle is a request of io_uring; \(mode.rawValue) receives once per call"
    case .oneshot, .vectored: break
    }
    for axis in [NumberAxis.pollFirst, .registeredFiles, .handBack, .groups, .minLeft] {
      guard self[axis] != axis.defaultValue else { continue }
      return "\(axis.rawValue) says how io_uring receives; \(mode.rawValue) has no ring"
    }
    return nil
  }

  private var operationLimit: String? {
    switch operation {
    case .oneshot: nil
    case .multishot where !mode.selectsFromGroup:
      "a multishot receive takes its buffers from a buffer group; \(mode.rawValue) names a buffer per request"
    case .multishot: nil
    case .bundle where workload != .socket: "bundles are receives on sockets"
    case .bundle where !mode.selectsFromGroup:
      "a bundle takes its buffers from a buffer group; \(mode.rawValue) names a buffer per request"
    case .bundle where mode.isKernelManaged:
      "a bundle names only its first buffer, and the order of kernel-managed buffers is the kernel's own"
    case .bundle where !mode.hasKnownOrder:
      "a bundle names only its first buffer, and legacy buffers have no order by which to find the others"
    case .bundle: nil
    case .vectored where !mode.namesOwnBuffers: "a vectored receive names its own buffers: only plain and syscall do"
    case .vectored: nil
    }
  }

  private var modeLimit: String? {
    if mode.needsRegisteredBuffers, workload == .socket {
      return "IORING_OP_READ_FIXED reads files: registered buffers are for pipes and files"
    }
    if pollsFirst, workload != .socket { return "poll-first is a flag of receives on sockets" }
    if mode.isIncremental, transport.keepsMessageBoundaries || workload == .file, bufferSize % messageSize != 0,
      number(.minLeft) < messageSize
    {
      return "an incremental buffer of \(bufferSize) bytes would cut a message of \(messageSize) at its end"
    }
    return nil
  }

  /// What only receives with a buffer group have.
  private var groupLimit: String? {
    if mode.usesUring, !mode.selectsFromGroup {
      if handBack != nil { return "\(mode.rawValue) names a buffer per request: it hands none back" }
      if groups != .shared { return "\(mode.rawValue) names a buffer per request: it has no buffer groups" }
    }
    if number(.minLeft) > 1, !mode.isIncremental {
      return "min-left says when an incremental buffer is done: \(mode.rawValue) consumes buffers whole"
    }
    if workload == .file, groups != .shared { return "a file is one connection: it has one buffer group" }
    if workload == .file, hotConnections < connections { return "a file is one connection, which carries data" }
    return nil
  }

  /// Where the buffers can't lie as the cell asks for.
  private var memoryLimit: String? {
    if mode.isKernelManaged, backing != .system {
      return "the kernel allocates the buffers of \(mode.rawValue): their pages are its own choice"
    }
    let side = bufferSize % number(.align) != 0
    if side, mode.isKernelManaged || mode.isList {
      return "buffers of \(mode.rawValue) lie side by side: their size must be a multiple of --align"
    }
    return nil
  }

  /// What only rounds have: the other patterns are one long run.
  private var checkLimit: String? {
    guard !pattern.queuesFirst else { return nil }
    if isCold { return "buffers are put out of the caches between rounds: drain and armed have rounds" }
    if verifies { return "every byte is checked in rounds: drain and armed have rounds" }
    return nil
  }

  /// Every connection has a receive that waits. A mode that names buffers needs one for each of them.
  private var bufferLimit: String? {
    let shape = WorkloadShape(self)
    guard pattern.waits, mode.usesUring, !mode.selectsFromGroup, buffers / shape.messagesPerReceive < connections else {
      return nil
    }
    return "\(mode.rawValue) names a buffer for each receive that waits: "
      + "\(buffers) buffers are too few for \(connections) connections"
  }
}
