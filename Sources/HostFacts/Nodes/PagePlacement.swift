package import Base
import CNuma
package import Documents
import Glibc

/// Where the pages of a mapping really lie.
package enum PagePlacement {
  /// Pages per call. This bounds the memory used and the time for which the kernel holds the map's lock.
  private static let chunk = 4096

  /// Counts the present pages of a mapping by node, as the kernel knows them (`move_pages(2)` as a query).
  ///
  /// Pages that were never created (`ENOENT`) are left out, and so are the shared zero page and memory that is not
  /// ordinary (`EFAULT`). The sum may thus be less than the number of pages. On a kernel without NUMA, all pages count
  /// for node 0.
  ///
  /// On newer kernels, the memory that io_uring maps (queues, submission entries, buffer rings of `IOU_PBUF_RING_MMAP`)
  /// is a mixed map of ordinary pages and is fully counted: 6.18 shows `mm` in the `VmFlags` of `/proc/self/smaps`.
  /// Kernels before 6.10, unless a stable release changed it, map raw page frames (`pf`, `remap_pfn_range` in
  /// `io_uring_mmap`; read in the source, not measured). Neither this call nor `/proc/self/numa_maps` sees the pages
  /// behind such a map, so the answer is empty: unknown, not absent.
  ///
  /// - Parameters:
  ///   - base: Where the mapping starts; need not be aligned.
  ///   - byteCount: The size in bytes; a page that is partly inside counts.
  /// - Throws: `move_pages` with the kernel's error.
  package static func pagesPerNode(
    base: UnsafeMutableRawPointer, byteCount: Int
  ) throws(SystemError) -> PagesPerNode {
    guard byteCount > 0 else { return [:] }
    let pageSize = MappedMemory.pageSize
    let start = base - Int(bitPattern: base) % pageSize
    let pageCount = (base - start + byteCount + pageSize - 1) / pageSize
    guard NUMA.isAvailable else { return ["0": pageCount] }
    var pages: PagesPerNode = [:]
    for first in stride(from: 0, to: pageCount, by: chunk) {
      let addresses = (first..<min(first + chunk, pageCount)).map { Optional(start + $0 * pageSize) }
      for status in try statuses(of: addresses) where status >= 0 {
        pages[String(status), default: 0] += 1
      }
    }
    return pages
  }

  /// The node of each page, or a negated error number.
  private static func statuses(of addresses: [UnsafeMutableRawPointer?]) throws(SystemError) -> [Int32] {
    var addresses = addresses
    var statuses = [Int32](repeating: -ENOENT, count: addresses.count)
    guard move_pages(0, UInt(addresses.count), &addresses, nil, &statuses, 0) == 0 else {
      throw SystemError(call: "move_pages", errno: errno)
    }
    return statuses
  }
}
