import Testing

@testable import Uring

/// Faults that the running kernel has or has not. Which it has is its own affair.
@Suite struct KnownFaultTests {
  @Test(arguments: KnownFault.all.map(\.name)) func theAnswerIsTheSameEachTime(name: String) throws {
    let fault = try #require(KnownFault.all.first { $0.name == name })
    let first = fault.isHere()
    for _ in 0..<3 { #expect(fault.isHere() == first) }
  }

  @Test func aFaultIsToldWhereTheKernelOffersWhatItIsIn() throws {
    let features = try FeatureProbe.all()
    func offers(_ name: String) -> Bool { features.contains { $0.name == name && $0.isSupported } }
    for fault in KnownFault.all {
      let needed = fault.name.hasPrefix("bundle") ? "RECVSEND_BUNDLE" : "PBUF_RING INC"
      #expect((fault.isHere() != nil) == offers(needed), "\(fault.name)")
    }
  }

  @Test func everyFaultHasANameOfItsOwn() {
    #expect(Set(KnownFault.all.map(\.name)).count == KnownFault.all.count)
    #expect(KnownFault.found().allSatisfy { $0.isHere() == true })
  }
}
