import Uring
import Vocabulary

/// What the running kernel offers, asked of the kernel itself and not of what is tested.
enum Kernel {
  enum Ability: Sendable {
    case bufferRings, mappedRings, incrementalRings, kernelManagedRings, refillPages
    case multishotReceive, multishotRead, bundles

    fileprivate var feature: (Feature.Kind, String) {
      switch self {
      case .bufferRings: (.register, "PBUF_RING")
      case .mappedRings: (.mmap, "PBUF_RING MMAP")
      case .incrementalRings: (.register, "PBUF_RING INC")
      case .kernelManagedRings: (.mmap, "PBUF_RING KERNEL_MANAGED")
      case .refillPages: (.mmap, "PBUF_RING KERNEL_MANAGED REFILL")
      // Multishot receives have no bit of their own; they came with the same release, Linux 6.0.
      case .multishotReceive: (.setup, "SINGLE_ISSUER")
      case .multishotRead: (.opcode, "READ_MULTISHOT")
      case .bundles: (.feature, "RECVSEND_BUNDLE")
      }
    }
  }

  private static let features = (try? FeatureProbe.all()) ?? []

  static func supports(_ ability: Ability) -> Bool {
    let (kind, name) = ability.feature
    return features.contains { $0.kind == kind && $0.name == name && $0.isSupported }
  }

  /// Whether every ability that a cell needs is there.
  static func supports(_ cell: Cell) -> Bool {
    needs(cell).allSatisfy(supports)
  }

  private static func needs(_ cell: Cell) -> [Ability] {
    var needs: [Ability] =
      switch cell.mode {
      case .plain, .fixed, .legacy: []
      case .pbuf: [.bufferRings]
      case .pbufMmap: [.mappedRings]
      case .pbufInc: [.incrementalRings]
      case .kmbuf, .kmbufRuns: [.kernelManagedRings]
      case .kmbufRefill: [.refillPages]
      }
    switch cell.operation {
    case .oneshot, .vectored: break
    case .multishot: needs.append(cell.workload == .socket ? .multishotReceive : .multishotRead)
    case .bundle: needs += [.multishotReceive, .bundles]
    }
    return needs
  }
}

/// Every mode over every transport with every operation, by what must come of it.
enum Combination {
  static let all: [Cell] = Transport.allCases.flatMap { transport in
    Vocabulary.Operation.allCases.flatMap { operation in Mode.allCases.map { Cell.tried(transport, $0, operation) } }
  }

  /// Those that no kernel can do.
  static let impossible = all.filter(isImpossible)

  /// Those that this kernel must do. Of kernel-managed rings nobody knows before whether they take data.
  static let working = all.filter { !isImpossible($0) && !isRefused($0) && !$0.mode.isKernelManaged }

  /// Those that this kernel must refuse.
  static let refused = all.filter { !isImpossible($0) && isRefused($0) }

  static let kernelManaged = all.filter { !isImpossible($0) && $0.mode.isKernelManaged }

  private static func isImpossible(_ cell: Cell) -> Bool {
    switch cell.operation {
    case .oneshot: cell.mode == .fixed && cell.workload == .socket
    case .multishot: !cell.mode.selectsFromGroup
    // Only a ring of the application's says which buffers come after the first.
    case .bundle: ![.pbuf, .pbufMmap, .pbufInc].contains(cell.mode) || cell.workload != .socket
    case .vectored: cell.mode != .plain
    }
  }

  private static func isRefused(_ cell: Cell) -> Bool {
    // A regular file cannot be polled.
    !Kernel.supports(cell) || (cell.operation == .multishot && cell.workload == .file)
  }
}
