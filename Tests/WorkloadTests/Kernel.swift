import Uring
import Vocabulary

/// What the running kernel offers. The kernel itself says it.
enum Kernel {
  enum Ability: String, Sendable {
    case bufferRings = "register PBUF_RING"
    // Multishot receives have no bit of their own. They came with the same release as this flag, Linux 6.0.
    case multishotReceive = "setup SINGLE_ISSUER"
    case multishotRead = "opcode READ_MULTISHOT"
    case bundles = "feature RECVSEND_BUNDLE"
  }

  /// Everything that the kernel offers, each by its kind and its name.
  private static let features = Set(
    ((try? FeatureProbe.all()) ?? []).filter(\.isSupported).map { "\($0.kind.rawValue) \($0.name)" })

  static func supports(_ ability: Ability) -> Bool { features.contains(ability.rawValue) }

  /// Whether everything that a cell needs is there.
  static func supports(_ cell: Cell) -> Bool {
    let isOffered = cell.mode.neededFeature.map(features.contains) ?? true
    return isOffered && needs(cell).allSatisfy(supports)
  }

  private static func needs(_ cell: Cell) -> [Ability] {
    switch cell.operation {
    case .oneshot, .vectored: []
    case .multishot: [cell.workload == .socket ? .multishotReceive : .multishotRead]
    case .bundle: [.multishotReceive, .bundles]
    }
  }
}

/// Every mode over every transport with every operation, by the expected result.
enum Combination {
  static let all: [Cell] = Transport.allCases.flatMap { transport in
    Vocabulary.Operation.allCases.flatMap { operation in Mode.allCases.map { Cell.tried(transport, $0, operation) } }
  }

  /// Those that no kernel can do.
  static let impossible = all.filter(isImpossible)

  /// Those that this kernel must do. Kernel-managed rings are left out: whether they take data is not known beforehand.
  static let working = all.filter { !isImpossible($0) && !isRefused($0) && !$0.mode.isKernelManaged }

  /// Those that this kernel must refuse.
  static let refused = all.filter { !isImpossible($0) && isRefused($0) }

  static let kernelManaged = all.filter { !isImpossible($0) && $0.mode.isKernelManaged }

  private static func isImpossible(_ cell: Cell) -> Bool {
    switch cell.operation {
    case .oneshot: cell.mode == .fixed && cell.workload == .socket
    case .multishot: !cell.mode.selectsFromGroup
    // Only a ring that the application fills says which buffers come after the first.
    case .bundle: ![.pbuf, .pbufMmap, .pbufInc].contains(cell.mode) || cell.workload != .socket
    case .vectored: ![.plain, .syscall].contains(cell.mode)
    }
  }

  private static func isRefused(_ cell: Cell) -> Bool {
    // A regular file cannot be polled.
    !Kernel.supports(cell) || (cell.operation == .multishot && cell.workload == .file)
  }
}
