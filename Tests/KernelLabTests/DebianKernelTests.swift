import Base
import Testing

@testable import KernelLab

/// Names of Debian kernels, and the packages that they stand for.
@Suite struct DebianKernelTests {
  private static let archive = [
    "linux-image-6.12.94+deb13-cloud-amd64 | 6.12.94-1 | http://mirror/debian trixie/main amd64 Packages",
    "linux-image-6.12.107+deb13-cloud-amd64 | 6.12.107-1 | http://mirror/debian trixie/main amd64 Packages",
    "linux-modules-6.12.94+deb13-cloud-amd64 | 6.12.94-1 | http://mirror/debian trixie/main amd64 Packages",
    "linux-binary-6.12.94+deb13-cloud-amd64 | 6.12.94-1 | http://mirror/debian trixie/main amd64 Packages",
  ].compactMap(ArchivedPackage.init(madison:))

  @Test func aNameAloneHasNoVersion() throws {
    #expect(try DebianKernel("debian-6.12").version == nil)
    #expect(try DebianKernel("debian-6.12").name == "debian-6.12")
  }

  @Test(arguments: [
    ("debian-6.12@6.12.57-1", "debian-6.12", "6.12.57-1"), ("debian-7@7.3.4-1~bpo13+1", "debian-7", "7.3.4-1~bpo13+1"),
  ])
  func aNameMayHaveAVersion(text: String, entry: String, version: String) throws {
    let kernel = try DebianKernel(text)
    #expect(kernel.entry.name == entry)
    #expect(kernel.version == version)
    #expect(kernel.name == text)
    #expect(try KernelReference(text) == .named(kernel))
    #expect(try KernelReference(text).imagePath(in: KernelCache(environment: ["HOME": "/h"])).contains("/\(text)/"))
  }

  @Test(arguments: [
    ("debian-9@9.1-1", "unknown kernel 'debian-9'"), ("debian-6.12@", "is needed after @"),
    ("debian-6.12@newest", "is needed after @"), ("debian-6.12@6.12 1", "is needed after @"),
    ("lab@1", "ringbench kernel build lab"),
  ])
  func whatIsNoNameOfAKernel(text: String, words: String) throws {
    let error = #expect(throws: RingbenchError.self) { try DebianKernel(text) }
    #expect(error?.status == .badInput)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func aPathMayHaveAnAtSign() throws {
    #expect(try KernelReference("./debian-6.12@6.12.57-1") == .image("./debian-6.12@6.12.57-1"))
  }

  @Test func theNewestIsTheDefault() throws {
    let packages = try DebianKernel("debian-6.12").packages(in: Self.archive)
    #expect(packages.map(\.description) == ["linux-image-6.12.107+deb13-cloud-amd64 6.12.107-1"])
  }

  /// A kernel may have its image's file and its modules in packages of their own.
  @Test func aVersionHasAllItsPackages() throws {
    let packages = try DebianKernel("debian-6.12@6.12.94-1").packages(in: Self.archive)
    let names = ["linux-binary", "linux-image", "linux-modules"].map { "\($0)-6.12.94+deb13-cloud-amd64" }
    #expect(packages.map(\.name) == names)
    #expect(packages.allSatisfy { $0.version == "6.12.94-1" })
  }

  @Test func anUnknownVersionListsTheOthers() throws {
    let kernel = try DebianKernel("debian-6.12@6.12.1-1")
    let error = #expect(throws: RingbenchError.self) { try kernel.packages(in: Self.archive) }
    #expect(error?.status == .badInput)
    #expect(
      error?.message
        == "debian-6.12@6.12.1-1: Debian's suite trixie does not have it: it has 6.12.107-1, 6.12.94-1")
  }
}
