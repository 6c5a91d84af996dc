/// Who supplies the buffer of a receive, and how.
///
/// The raw values are the words of the command line and of the results.
@usableFromInline
package enum Mode: String, Codable, CaseIterable, Sendable {
  /// Every request names its own ordinary buffer: the baseline.
  case plain
  /// Registered buffers, `IORING_OP_READ_FIXED`: a baseline for pipes and files.
  case fixed
  /// Legacy provided buffers, `IORING_OP_PROVIDE_BUFFERS` (Linux 5.7).
  case legacy
  /// A provided-buffer ring in application memory, `IORING_REGISTER_PBUF_RING` (Linux 5.19).
  case pbuf
  /// A provided-buffer ring that the kernel allocates and the application maps, `IOU_PBUF_RING_MMAP` (Linux 6.4).
  case pbufMmap = "pbuf-mmap"
  /// Incremental consumption of each buffer, `IOU_PBUF_RING_INC` (Linux 6.12).
  case pbufInc = "pbuf-inc"
  /// Ring and buffers both managed by the kernel, `IOU_PBUF_RING_KERNEL_MANAGED`.
  case kmbuf
  /// `kmbuf`, with one hand-back request for buffers whose ids are consecutive.
  case kmbufRuns = "kmbuf-runs"
  /// `kmbuf`, with buffer ids handed back through a mapped page: an extension that some kernels carry.
  case kmbufRefill = "kmbuf-refill"

  /// Whether the kernel allocates the buffers.
  package var isKernelManaged: Bool { self == .kmbuf || self == .kmbufRuns || self == .kmbufRefill }

  /// Whether receives take their buffer from a buffer group (`IOSQE_BUFFER_SELECT`).
  package var selectsFromGroup: Bool {
    switch self {
    case .plain, .fixed: false
    case .legacy, .pbuf, .pbufMmap, .pbufInc, .kmbuf, .kmbufRuns, .kmbufRefill: true
    }
  }

  /// Whether the buffer group is a ring, which needs a power-of-two number of entries.
  package var isRing: Bool {
    switch self {
    case .plain, .fixed, .legacy: false
    case .pbuf, .pbufMmap, .pbufInc, .kmbuf, .kmbufRuns, .kmbufRefill: true
    }
  }
}
