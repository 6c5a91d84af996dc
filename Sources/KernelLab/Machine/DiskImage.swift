import Base
import FoundationEssentials

/// The file system of the RAM disk that `file-direct` reads from: the same bytes every time.
enum DiskImage {
  private static let identifier = "00000000-0000-4000-8000-000000000001"

  /// The image up to its last byte that is not zero. The RAM disk is zero where nothing was written.
  static func make(in work: TemporaryFolder) async throws -> Data {
    let path = work.file("disk")
    let features = "^has_journal,^resize_inode,^metadata_csum,^64bit"
    let extended = "hash_seed=\(identifier),root_owner=0:0,lazy_itable_init=0"
    try await HelperProgram.mke2fs.run(
      [
        "-q", "-F", "-t", "ext4", "-O", features, "-E", extended, "-U", identifier, "-m", "0", "-b", "4096", path,
        "32M",
      ],
      environment: ["E2FSPROGS_FAKE_TIME=1"])
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RingbenchError.failed("\(path): can't be read")
    }
    try? FileManager.default.removeItem(atPath: path)
    let end = data.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
    return data.prefix(end)
  }
}
