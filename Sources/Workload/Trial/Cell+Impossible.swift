import BufferModes
import Vocabulary

extension Cell {
  /// Why no kernel can run this combination. No kernel needs to be asked for this result.
  var impossible: Reason? {
    let sentence = fileLimit ?? operationLimit ?? modeLimit ?? bufferLimit
    return sentence.map { Reason(stage: .setup, message: $0) }
  }

  private var fileLimit: String? {
    guard workload == .file, pattern != .drain else { return nil }
    return pattern == .armed
      ? "nothing waits on a file, whose data is always there: only drain reads it"
      : "a file has no sender at its other end: only drain reads it"
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
    case .vectored where !mode.namesOwnBuffers: "a vectored receive names its own buffers: only plain does"
    case .vectored: nil
    }
  }

  private var modeLimit: String? {
    if mode.needsRegisteredBuffers, workload == .socket {
      return "IORING_OP_READ_FIXED reads files: registered buffers are for pipes and files"
    }
    if pollsFirst, workload != .socket { return "poll-first is a flag of receives on sockets" }
    if mode.isIncremental, transport.keepsMessageBoundaries || workload == .file, bufferSize % messageSize != 0 {
      return "an incremental buffer of \(bufferSize) bytes would cut a message of \(messageSize) at its end"
    }
    return nil
  }

  /// Every connection has a receive that waits. A mode that names buffers needs one for each of them.
  private var bufferLimit: String? {
    let shape = WorkloadShape(self)
    guard pattern.waits, !mode.selectsFromGroup, buffers / shape.messagesPerReceive < connections else {
      return nil
    }
    return "\(mode.rawValue) names a buffer for each receive that waits: "
      + "\(buffers) buffers are too few for \(connections) connections"
  }
}
