package import Base
import Glibc

/// A mapping of whole pages, unmapped when its owner goes.
///
/// The base is aligned to a page of the mapping, no further; with huge pages of either kind to one of these.
@usableFromInline
package struct MappedMemory: ~Copyable {
  /// Bytes in a page of the running kernel.
  package static let pageSize = sysconf(Int32(_SC_PAGESIZE))

  @usableFromInline package let base: UnsafeMutableRawPointer
  /// The size of the mapping in bytes.
  package let byteCount: Int

  /// Which pages a mapping consists of.
  package enum Pages: Hashable, Sendable {
    /// The system's setting decides about transparent huge pages.
    case system
    /// Pages of the usual size (`MADV_NOHUGEPAGE`).
    case small
    /// Transparent huge pages (`MADV_HUGEPAGE`). The kernel uses ordinary ones where it finds none.
    case transparent
    /// Huge pages that were reserved (`MAP_HUGETLB`).
    case huge
  }

  /// Bytes in a huge page of the running kernel, as `/proc/meminfo` says.
  package static let hugePageSize: Int = {
    let line = SmallFile.trimmed("/proc/meminfo")?.split(separator: "\n").first { $0.hasPrefix("Hugepagesize:") }
    return line.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) }.map { $0 << 10 } ?? 2 << 20
  }()

  /// Maps anonymous private memory of at least `byteCount` bytes, rounded up to pages (`mmap(2)`).
  ///
  /// The memory reads as zeros. No page exists until it is touched; with a node, it then comes from that node only.
  ///
  /// - Throws: `mmap` `ENOMEM`, also for a size that is not positive or too large to round up to a page;
  ///   `mbind` `EINVAL` when the node does not exist or has no memory.
  ///   `mmap(MAP_HUGETLB)` `ENOMEM` when too few huge pages were reserved; `madvise` `EINVAL` for a kernel without
  ///   transparent huge pages.
  package init(byteCount: Int, node: Int? = nil, pages: Pages = .system) throws(SystemError) {
    let page = pages == .huge || pages == .transparent ? Self.hugePageSize : Self.pageSize
    let (sum, overflow) = byteCount.addingReportingOverflow(page - 1)
    guard byteCount > 0, !overflow else { throw SystemError(call: "mmap", errno: ENOMEM) }
    let length = sum / page * page
    let mapped = try Self.map(length, pages)
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

  /// - Returns: where `length` bytes of such pages are mapped.
  private static func map(_ length: Int, _ pages: Pages) throws(SystemError) -> UnsafeMutableRawPointer {
    let flags = MAP_PRIVATE | MAP_ANONYMOUS
    switch pages {
    case .system: return try map(length, flags, "mmap")
    case .huge: return try map(length, flags | MAP_HUGETLB, "mmap(MAP_HUGETLB)")
    case .small:
      let base = try map(length, flags, "mmap")
      // A kernel without transparent huge pages does not know the advice, and needs none.
      _ = madvise(base, length, MADV_NOHUGEPAGE)
      return base
    case .transparent:
      // Transparent huge pages are aligned to their size: map more, and take the aligned part.
      let whole = try map(length + hugePageSize, flags, "mmap")
      let skipped = -Int(bitPattern: whole) & (hugePageSize - 1)
      let base = whole + skipped
      if skipped > 0 { munmap(whole, skipped) }
      if skipped < hugePageSize { munmap(base + length, hugePageSize - skipped) }
      guard madvise(base, length, MADV_HUGEPAGE) == 0 else {
        let error = SystemError(call: "madvise(MADV_HUGEPAGE)", errno: errno)
        munmap(base, length)
        throw error
      }
      return base
    }
  }

  private static func map(_ length: Int, _ flags: Int32, _ call: String) throws(SystemError) -> UnsafeMutableRawPointer
  {
    let mapped = mmap(nil, length, PROT_READ | PROT_WRITE, flags, -1, 0)
    guard let mapped, mapped != MAP_FAILED else { throw SystemError(call: call, errno: errno) }
    return mapped
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
