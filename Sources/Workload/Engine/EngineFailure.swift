import Base
import Glibc
import Uring
import Vocabulary

/// What stopped an engine. A plain value without references, so that the timed loop can hold it.
enum EngineFailure {
  /// `io_uring_enter(2)` failed.
  case enter(Int32)
  /// `epoll_wait(2)` failed.
  case wait(Int32)
  /// A receive ended with an errno.
  case receive(Int32)
  /// A request that hands a buffer back completed with an errno.
  case handBack(Int32)
  /// The send of a round trip ended with an errno.
  case send(Int32)
  /// The other end is gone.
  case endOfFile
  /// Wrong bytes, length or order, at this message of a connection.
  case wrongData(sequence: UInt64, received: Int)
  /// Nothing arrived within the watchdog's time.
  case stalled

  /// The result of a cell that ended this way.
  ///
  /// - Parameter anyReceived: whether data had been received before. A cell that worked and then stopped has failed; a
  ///   cell that never worked, or ran out of fewer buffers than connections, shows a limit of the kernel.
  func outcome(of cell: Cell, anyReceived: Bool) -> (CellStatus, Reason) {
    switch self {
    case .enter(let errno): (.failed, Reason(.receive, SystemError(call: "io_uring_enter", errno: errno)))
    case .wait(let errno): (.failed, Reason(.receive, SystemError(call: "epoll_wait", errno: errno)))
    case .receive(let errno): Self.receiveOutcome(errno, cell, anyReceived)
    case .handBack(let errno):
      (
        !anyReceived ? .unsupported : .failed,
        Reason(.provide, SystemError(call: "IORING_OP_PROVIDE_BUFFERS", errno: errno))
      )
    case .send(let errno): (.failed, Reason(.receive, SystemError(call: "send", errno: errno)))
    case .endOfFile: (.failed, Reason(stage: .receive, message: "the other end closed before all messages came"))
    case .wrongData(let sequence, let received):
      (
        .failed,
        Reason(
          stage: .verify, message: "wrong data: the \(received) bytes received for message \(sequence) do not match it")
      )
    case .stalled:
      (.failed, Reason(stage: .timeout, message: "no message arrived for \(Watchdog.patience) seconds"))
    }
  }

  private static func receiveOutcome(_ errno: Int32, _ cell: Cell, _ anyReceived: Bool) -> (CellStatus, Reason) {
    let isStarved = errno == ENOBUFS && cell.connections > cell.buffers
    guard isStarved || !anyReceived && refusals.contains(errno) else {
      return (.failed, Reason(.receive, SystemError(call: "receive", errno: errno)))
    }
    return (.unsupported, Reason(.receive, SystemError(call: "receive", errno: errno), meaning(errno, of: cell)))
  }

  /// What it means when a kernel refuses the first receive of a cell; empty where the errno says all that is known.
  private static func meaning(_ errno: Int32, of cell: Cell) -> String {
    switch errno {
    case ENOBUFS where cell.connections > cell.buffers:
      "receives that wait hold their buffers on this kernel: "
        + "\(cell.buffers) buffers are too few for \(cell.connections) connections"
    case EBADFD where cell.operation == .multishot:
      "a multishot read needs a file that can be polled, such as a pipe or a socket"
    case ENOBUFS where cell.mode.isKernelManaged, EFAULT where cell.mode.isKernelManaged:
      "the ring registers and maps, but the receive path of this kernel cannot take its buffers"
    case EINVAL, EOPNOTSUPP, ENOSYS:
      "this kernel does not offer \(cell.operation.rawValue) over \(cell.transport.rawValue) "
        + "with buffers of mode \(cell.mode.rawValue)"
    default: ""
    }
  }

  /// The errnos with which kernels refuse an operation they do not offer, in general or on this file.
  private static let refusals: Set<Int32> = [EINVAL, EOPNOTSUPP, ENOSYS, EBADFD, EFAULT, ENOBUFS, EPERM, ENOTSOCK]
}
