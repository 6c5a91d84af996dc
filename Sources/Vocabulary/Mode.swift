/// Who supplies the buffer of a receive, and how.
///
/// The raw values are the words of the command line and of the results.
@usableFromInline
package enum Mode: String, Codable, WordAxis {
  @usableFromInline package static var axis: String { "mode" }

  /// The baseline without a ring: `epoll_wait`, and `recv` or `read` into one buffer; on files `pread`.
  case syscall
  /// Every request names its own ordinary buffer: the baseline of rings.
  case plain
  /// Registered buffers, `IORING_OP_READ_FIXED`: a baseline for pipes and files.
  case fixed
  /// Legacy provided buffers, `IORING_OP_PROVIDE_BUFFERS` (Linux 5.7).
  case legacy
  /// `legacy`, with one hand-back request for buffers whose ids are consecutive.
  case legacyRuns = "legacy-runs"
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

  private var facts: ModeFacts {
    switch self {
    case .syscall: ModeFacts(.call)
    case .plain: ModeFacts(.request)
    case .fixed: ModeFacts(.registered)
    case .legacy: ModeFacts(.list)
    case .legacyRuns: ModeFacts(.list, isVariant: true)
    case .pbuf: ModeFacts(.ring, needs: "register PBUF_RING")
    case .pbufMmap: ModeFacts(.ring, needs: "mmap PBUF_RING MMAP")
    case .pbufInc: ModeFacts(.ring, needs: "register PBUF_RING INC", isIncremental: true)
    case .kmbuf: ModeFacts(.kernelManagedRing, needs: "mmap PBUF_RING KERNEL_MANAGED")
    case .kmbufRuns: ModeFacts(.kernelManagedRing, needs: "mmap PBUF_RING KERNEL_MANAGED", isVariant: true)
    case .kmbufRefill:
      ModeFacts(.kernelManagedRing, needs: "mmap PBUF_RING KERNEL_MANAGED REFILL", isVariant: true)
    }
  }
}

/// The properties of a mode.
private struct ModeFacts {
  /// Where the kernel finds the buffer of a receive.
  enum Source {
    /// A system call names it. There is no ring.
    case call
    /// The request names it.
    case request
    /// The request names it, among buffers that were registered.
    case registered
    /// A buffer group that is a list.
    case list
    /// A buffer group that is a ring.
    case ring
    /// A buffer group that is a ring, with buffers of the kernel's own.
    case kernelManagedRing
  }

  var source: Source
  var feature: String?
  var isIncremental: Bool
  var isVariant: Bool

  init(_ source: Source, needs feature: String? = nil, isIncremental: Bool = false, isVariant: Bool = false) {
    self.source = source
    self.feature = feature
    self.isIncremental = isIncremental
    self.isVariant = isVariant
  }
}

extension Mode {
  /// Whether the kernel allocates the buffers.
  package var isKernelManaged: Bool { facts.source == .kernelManagedRing }

  /// Whether receives take their buffer from a buffer group (`IOSQE_BUFFER_SELECT`).
  package var selectsFromGroup: Bool {
    switch facts.source {
    case .list, .ring, .kernelManagedRing: true
    case .call, .request, .registered: false
    }
  }

  /// Whether receives go through an io_uring.
  package var usesUring: Bool { facts.source != .call }

  /// Whether the application chooses the memory of the buffers' group and the kernel keeps a list of their addresses.
  package var isList: Bool { facts.source == .list }

  /// Whether the buffer group is a ring, which needs a power-of-two number of entries.
  package var isRing: Bool { facts.source == .ring || facts.source == .kernelManagedRing }

  /// Whether the kernel takes the buffers in an order that the application knows: the order of its own ring.
  package var hasKnownOrder: Bool { facts.source == .ring }

  /// Whether buffers have to be registered. Only reads of pipes and files can name registered buffers.
  package var needsRegisteredBuffers: Bool { facts.source == .registered }

  /// Whether a receive may name several buffers of its own.
  package var namesOwnBuffers: Bool { facts.source == .request || facts.source == .call }

  /// Whether one buffer takes many receives until it is full.
  package var isIncremental: Bool { facts.isIncremental }

  /// The kind and the name of the feature, as `ringbench probe` shows them, that a kernel needs for the mode; nil for one
  /// that every kernel with io_uring has.
  package var neededFeature: String? { facts.feature }

  /// The modes that a suite means by `standard`: each interface with its usual hand-back.
  package static var standard: [Mode] { allCases.filter { !$0.facts.isVariant } }

  package static var groups: [String: [Mode]] { ["all": Array(allCases), "standard": standard] }
}
