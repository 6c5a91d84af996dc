package import Base

/// `ringbench probe --json`: what the running kernel offers, and what works on it.
package struct ProbeDocument: Codable, Hashable, Sendable {
  package static let currentSchema = "ringbench.probe/1"

  package var schema: String
  package var tool: Tool
  package var host: Host
  package var features: [FeatureRecord]
  package var kernelManagedRings: KernelManagedRings
  /// Every mode over every transport with every operation.
  package var transfers: [TransferProbe]

  package init(host: Host, features: [FeatureRecord], transfers: [TransferProbe]) {
    schema = Self.currentSchema
    tool = .current
    self.host = host
    self.features = features
    kernelManagedRings = KernelManagedRings(transfers)
    self.transfers = transfers
  }

  package enum CodingKeys: String, CodingKey {
    case schema, tool, host, features, transfers
    case kernelManagedRings = "kernel_managed_rings"
  }
}

/// A feature, and whether the kernel offers it.
package struct FeatureRecord: Codable, Hashable, Sendable {
  /// How the kernel was asked: `setup`, `feature`, `opcode`, `register` or `mmap`.
  package var kind: String
  package var name: String
  /// The first Linux release that has the feature; null when no release has it.
  @Nullable package var since: String?
  package var supported: Bool
  /// The errno of the refusal, such as `EINVAL`; null without one.
  @Nullable package var errno: String?

  package init(kind: String, name: String, since: String?, supported: Bool, errno: String?) {
    self.kind = kind
    self.name = name
    self.since = since
    self.supported = supported
    self.errno = errno
  }
}
