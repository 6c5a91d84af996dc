package import Base
import Glibc

/// A mapping of whole pages, unmapped when its owner goes.
///
/// The system's setting decides about transparent hugepages. The base is aligned to a page, no further.
@usableFromInline
package struct MappedMemory: ~Copyable {
  /// Bytes in a page of the running kernel.
  package static let pageSize = sysconf(Int32(_SC_PAGESIZE))

  @usableFromInline package let base: UnsafeMutableRawPointer
  /// The size of the mapping in bytes.
  package let byteCount: Int

  /// Maps anonymous private memory of at least `byteCount` bytes, rounded up to pages (`mmap(2)`).
  ///
  /// The memory reads as zeros. No page exists until it is touched; with a node, it then comes from that node only.
  ///
  /// - Throws: `mmap` `ENOMEM`, also for a size that is not positive or too large to round up to a page;
  ///   `mbind` `EINVAL` when the node does not exist or has no memory.
  package init(byteCount: Int, node: Int? = nil) throws(SystemError) {
    let (sum, overflow) = byteCount.addingReportingOverflow(Self.pageSize - 1)
    guard byteCount > 0, !overflow else { throw SystemError(call: "mmap", errno: ENOMEM) }
    let length = sum / Self.pageSize * Self.pageSize
    let mapped = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let mapped, mapped != MAP_FAILED else { throw SystemError(call: "mmap", errno: errno) }
    if let node {
      do throws(SystemError) {
        try MemoryPolicy.bind(mapped, byteCount: length, to: node)
      } catch {
        munmap(mapped, length)
        throw error
      }
    }
    self.init(adopting: mapped, byteCount: length)
  }

  /// Takes over an existing mapping, such as one of an io_uring. It is unmapped when this value goes.
  ///
  /// - Parameter byteCount: The length that was given to `mmap(2)`.
  package init(adopting base: UnsafeMutableRawPointer, byteCount: Int) {
    self.base = base
    self.byteCount = byteCount
  }

  deinit {
    munmap(base, byteCount)
  }

  /// Makes every page exist by writing a zero to its first byte: for new memory only.
  package func touch() {
    for offset in stride(from: 0, to: byteCount, by: Self.pageSize) {
      base.storeBytes(of: 0, toByteOffset: offset, as: UInt8.self)
    }
  }
}
