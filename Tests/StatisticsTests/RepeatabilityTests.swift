import Documents
import TestSupport
import Testing
import Vocabulary

/// Deterministic results with one fingerprint have the same digits, or the tool has a defect.
@Suite struct RepeatabilityTests {
  private func document(_ instructions: Double, image: String = "a", seed: UInt64 = 1) -> ResultsDocument {
    var document = Sample.deterministic([Sample.result(Sample.cell(), [600], instructions: instructions)])
    document.fingerprint = Fingerprint(kernelImage: image, initramfs: "b", qemu: "c", machine: "d")
    document.seed = seed
    return document
  }

  @Test func otherDigitsOfOneFingerprintAreADefect() throws {
    let comparison = try compare(document(1000), document(1000.0625))
    #expect(comparison.warnings.map(\.kind) == [.notRepeatable])
    #expect(comparison.warnings[0].message.hasPrefix("DEFECT: "))
    #expect(try compare(document(1000), document(1000)).warnings.isEmpty)
  }

  @Test func otherDigitsOfAnotherKernelOrSeedAreNone() throws {
    #expect(try !compare(document(1000), document(1001, image: "z")).warnings.map(\.kind).contains(.notRepeatable))
    #expect(try !compare(document(1000), document(1001, seed: 2)).warnings.map(\.kind).contains(.notRepeatable))
  }

  @Test func trialsOfAnotherLengthAreNoDefect() throws {
    var longer = document(1001)
    longer.cells[0].trials[0].outcome.measurements?[.operations] = 1
    #expect(try compare(document(1000), longer).warnings.isEmpty)
  }
}
