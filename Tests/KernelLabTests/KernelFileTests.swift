import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import KernelLab

/// Names and files of kernels and modules.
@Suite struct KernelFileTests {
  @Test func theNewestVersionIsTheGreatestNumber() {
    let names = [
      "linux-image-6.12.9+deb13-amd64", "linux-image-6.12.107+deb13-amd64", "linux-image-6.12.94+deb13-amd64",
    ]
    #expect(names.max(by: VersionOrder.isBefore) == names[1])
    #expect(!VersionOrder.isBefore(names[0], names[0]))
  }

  @Test(arguments: [
    ("debian-6.1", "linux-image-6.1.0-56-cloud-amd64"), ("debian-6.12", "linux-image-6.12.107+deb13-cloud-amd64"),
    ("debian-7", "linux-image-7.3.4+deb13-cloud-amd64"),
  ])
  func patternsFindTheirSeriesAlone(name: String, package: String) throws {
    for entry in KernelCatalogue.entries {
      let isFound = package.wholeMatch(of: try Regex(entry.packagePattern)) != nil
      #expect(isFound == (entry.name == name), "\(entry.name)")
    }
    let entry = try KernelCatalogue.entry(name, or: "")
    for other in ["-unsigned", "-dbg"] {
      #expect((package + other).wholeMatch(of: try Regex(entry.packagePattern)) == nil)
    }
  }

  @Test(arguments: [
    ("kernel/fs/ext4/ext4.ko.xz", "ext4"), ("03-crc32c_generic.ko", "crc32c_generic"), ("a/8250-lpss.ko", "8250_lpss"),
    ("kernel/lib/libcrc32c.ko.zst", "libcrc32c"),
  ])
  func modulesAreNamedAfterTheirFiles(path: String, module: String) {
    #expect(ModuleFile.module(inFile: path) == module)
  }

  @Test func parametersComeFromTheCommandLine() {
    let line = "console=ttyS0 brd.rd_nr=1 brdx.a=2 brd.rd_size=32768\n"
    #expect(ModuleFile.parameters(of: "brd", commandLine: line) == "rd_nr=1 rd_size=32768")
    #expect(ModuleFile.parameters(of: "ext4", commandLine: line).isEmpty)
  }

  @Test func aBootImageSaysItsRelease() throws {
    let folder = try TemporaryFolder()
    var bytes = [UInt8](repeating: 0, count: 0x1000)
    bytes.replaceSubrange(0x202..<0x206, with: "HdrS".utf8)
    bytes[0x20F] = 0x04
    bytes.replaceSubrange(0x600..<0x616, with: "6.12.1-test (someone) ".utf8)
    try Data(bytes).write(to: URL(filePath: folder.file("bzImage")))
    #expect(try BootImage(path: folder.file("bzImage")).release == "6.12.1-test")
  }

  /// A package that the user names is the user's to replace.
  @Test func aDamagedPackageIsBadInput() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("linux-image.deb")
    try Data("no archive".utf8).write(to: URL(filePath: path))
    let cache = KernelCache(environment: ["XDG_CACHE_HOME": folder.path])
    let error = await #expect(throws: RingbenchError.self) { try await KernelReference(path).resolve(in: cache) }
    #expect(error?.status == .badInput)
    #expect(error?.message.hasPrefix("\(path): is damaged or no Debian package: dpkg-deb failed: ") == true)
    #expect(error?.message.hasSuffix(": a whole .deb of a kernel is needed") == true)
  }

  @Test func theCacheIsWhereTheUserKeepsCaches() {
    #expect(KernelCache(environment: ["XDG_CACHE_HOME": "/c", "HOME": "/h"]).path == "/c/ringbench")
    #expect(KernelCache(environment: ["XDG_CACHE_HOME": "relative", "HOME": "/h"]).path == "/h/.cache/ringbench")
  }
}
