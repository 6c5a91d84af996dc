import Base
import Documents
import FoundationEssentials

/// The digests on which two boots agreed, in the cache: with them, one boot of the same machine is enough.
struct KnownMachines {
  /// Must change when a digest is computed in another way.
  private static let version = "1"
  /// How many are kept: a bisection makes one for each kernel.
  private static let most = 256

  private let cache: KernelCache
  private let key: String

  /// - Parameter fingerprint: all that the machine depends on.
  init(_ fingerprint: Fingerprint, in cache: KernelCache) async throws {
    let words = [
      Self.version, fingerprint.kernelImage, fingerprint.initramfs, fingerprint.qemu, fingerprint.machine,
    ]
    key = try await HelperProgram.digest(of: words.joined(separator: " "))
    self.cache = cache
  }

  /// Lines of a key and a digest, the newest last.
  private var lines: [Substring] { ((try? Files.text(cache.machinesFile)) ?? "").split(separator: "\n") }

  /// The digest of this machine; nil when it has none yet.
  var digest: String? {
    lines.last(where: { $0.hasPrefix(key + " ") }).map { String($0.dropFirst(key.count + 1)) }
  }

  /// Where another process writes at the same time, one of the two is forgotten, which costs a boot.
  func remember(_ digest: String) throws {
    guard digest != self.digest else { return }
    let others = lines.filter { !$0.hasPrefix(key + " ") }.suffix(Self.most - 1).map(String.init)
    try cache.prepare()
    let text = (others + ["\(key) \(digest)"]).joined(separator: "\n") + "\n"
    try Files.replace(cache.machinesFile, with: Data(text.utf8))
  }
}
