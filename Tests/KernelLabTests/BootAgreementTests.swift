import Base
import Documents
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@testable import KernelLab

/// A machine counts when two boots came out the same.
@Suite struct BootAgreementTests {
  private final class Counter: Sendable {
    let value = Mutex(0)
  }

  /// Boots whose digests are given, in the order in which they begin; `-` for none.
  ///
  /// - Returns: the number of the boot that counts, its digest, and how many there were.
  private func reached(_ digests: String, known: String? = nil, atOnce: Int = 1) async throws -> (Int, String, Int) {
    let boots = Counter()
    let agreement = BootAgreement(known: known, atOnce: atOnce) { number in
      boots.value.withLock { $0 += 1 }
      let digest = Array(digests)[number]
      return (number, digest == "-" ? nil : String(digest))
    }
    let boot = try await agreement.reached()
    return (boot.machine, boot.digest, boots.value.withLock { $0 })
  }

  @Test(arguments: [
    ("aa", 1), ("baa", 2), ("aba", 2), ("abcdec", 5), ("--aa", 3),
  ]) func theFirstThatAgreesWithAnotherCounts(digests: String, last: Int) async throws {
    let boot = try await reached(digests)
    #expect(boot == (last, String(digests.last ?? " "), digests.count))
  }

  /// One of two at once that differ is right: the third tells which.
  @Test(arguments: ["baa", "aba"]) func twoAtOnceMayDiffer(digests: String) async throws {
    let boot = try await reached(digests, atOnce: 2)
    #expect(boot == (2, "a", 3))
    #expect(try await reached("aab", atOnce: 2).1 == "a")
  }

  @Test func oneBootIsEnoughWhereItIsKnownWhatHasToComeOfIt() async throws {
    #expect(try await reached("a", known: "a") == (0, "a", 1))
    #expect(try await reached("ba", known: "a", atOnce: 2) == (1, "a", 2))
  }

  /// A part that the fingerprint does not name may have changed.
  @Test func twoBootsOutweighWhatIsKnown() async throws {
    #expect(try await reached("bb", known: "a") == (1, "b", 2))
  }

  @Test func bootsThatAllDifferAreAnError() async throws {
    let error = await #expect(throws: RingbenchError.self) { try await reached("abcdef", known: "x") }
    #expect(error?.status == .failed)
    #expect(error?.message.hasPrefix("no two of 6 boots gave the same machine") == true)
  }

  @Test func aBootThatFailsIsTheResult() async throws {
    let agreement = BootAgreement<Int>(atOnce: 2) { number in
      guard number == 0 else { throw RingbenchError.cannotRun("no io_uring") }
      return (0, "a")
    }
    await #expect(throws: RingbenchError.cannotRun("no io_uring")) { try await agreement.reached() }
  }

  @Test func theCacheKnowsTheNewestMachines() async throws {
    let folder = try TemporaryFolder()
    let cache = KernelCache(environment: ["XDG_CACHE_HOME": folder.path])
    func machine(_ name: String) async throws -> KnownMachines {
      try await KnownMachines(Fingerprint(kernelImage: name, initramfs: "i", qemu: "q", machine: "m"), in: cache)
    }
    let (one, two) = (try await machine("1"), try await machine("2"))
    #expect(one.digest == nil)
    try one.remember("a-b")
    try two.remember("c-d")
    try one.remember("e-f")
    #expect(one.digest == "e-f" && two.digest == "c-d")
    let others = (0..<255).map { "\($0) x\n" }.joined()
    try Files.write((try Files.text(cache.machinesFile) + others).utf8, to: cache.machinesFile)
    try await machine("3").remember("g-h")
    #expect(one.digest == nil && two.digest == nil)
    #expect(try await machine("3").digest == "g-h")
  }
}
