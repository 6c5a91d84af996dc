import Testing
import Uring

/// The running kernel's answers, where they must agree with each other.
@Suite struct FeatureProbeTests {
  static let features = (try? FeatureProbe.all()) ?? []

  private func feature(_ kind: Feature.Kind, _ name: String) throws -> Feature {
    try #require(Self.features.first { ($0.kind, $0.name) == (kind, name) })
  }

  @Test func everythingIsAskedOnceAndByKind() {
    #expect(!Self.features.isEmpty)
    #expect(Set(Self.features.map { "\($0.kind) \($0.name)" }).count == Self.features.count)
    let kinds = Self.features.map { Feature.Kind.allCases.firstIndex(of: $0.kind) ?? 0 }
    #expect(kinds == kinds.sorted())
  }

  @Test(arguments: features) func onlyRefusalsHaveAnErrno(feature: Feature) {
    #expect(feature.errno == nil || !feature.isSupported)
    #expect(feature.errno.map { $0 > 0 } ?? true)
  }

  @Test func aRingSaysTheSameAsItsProbe() throws {
    let ring = try Ring(entries: 4, completions: 8)
    let names = ring.flagNames
    for name in ["SINGLE_ISSUER", "DEFER_TASKRUN"] {
      #expect(try feature(.setup, name).isSupported == names.contains(name))
    }
  }

  @Test(.enabled(if: features.contains { $0.name == "PBUF_RING" && $0.isSupported }, "needs Linux 5.19"))
  func newerRingsComeWithTheirMapping() throws {
    for name in ["PBUF_RING MMAP", "PBUF_RING KERNEL_MANAGED"] {
      let (registered, mapped) = (try feature(.register, name), try feature(.mmap, name))
      #expect(registered.isSupported || !mapped.isSupported)
    }
  }
}
