package import Base
package import Vocabulary

/// How far a kernel goes with kernel-managed rings.
package struct KernelManagedRings: Codable, Hashable, Sendable {
  package enum State: String, Codable, CaseIterable, Sendable {
    /// Registering is refused.
    case notOffered = "not offered"
    /// A ring can be registered but not mapped.
    case registersOnly = "registers only"
    /// A ring can be mapped but receives no data.
    case mapsOnly = "maps only"
    /// At least one transfer delivers the right bytes.
    case receives
  }

  package var state: State
  /// What stopped the transfer that went furthest; null when one arrived.
  @Nullable package var reason: Reason?

  /// The state that the transfers of mode `kmbuf` show. Transfers that no kernel can do, or that the harness could not
  /// try, don't count.
  package init(_ transfers: [TransferProbe]) {
    let managed = transfers.filter { $0.mode == .kmbuf }
    guard !managed.contains(where: { $0.status == .ok }) else {
      (state, reason) = (.receives, nil)
      return
    }
    let reasons = managed.compactMap(\.reason)
    state =
      [.mapsOnly, .registersOnly].first { state in reasons.contains { Self.reached($0.stage) == state } } ?? .notOffered
    let state = state
    reason = reasons.first { Self.reached($0.stage) == state } ?? reasons.first
  }

  /// How far a transfer got if it ended at this stage; nil if it had not begun.
  private static func reached(_ stage: Stage) -> State? {
    switch stage {
    case .setup, .spawn: nil
    case .register: .notOffered
    case .mmap: .registersOnly
    case .provide, .receive, .verify, .timeout: .mapsOnly
    }
  }
}
