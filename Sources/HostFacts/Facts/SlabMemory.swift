/// Memory that the kernel's slab allocator has given to anybody.
package enum SlabMemory {
  /// Bytes in the slabs of all caches, which are whole pages (`/proc/slabinfo`, `slabinfo(5)`); nil where this process may
  /// not read it.
  package static func current() -> Int? { SmallFile.read("/proc/slabinfo").flatMap { bytes(slabinfo: $0) } }

  /// Bytes more than before; 0 where others gave back more meanwhile.
  package static func since(_ before: Int?) -> Int? {
    guard let before, let now = current() else { return nil }
    return max(0, now - before)
  }

  static func bytes(slabinfo: String) -> Int? {
    var total: Int?
    for line in slabinfo.split(separator: "\n") {
      let fields = line.split(separator: " ")
      // name, 5 numbers, ": tunables", 3 numbers, ": slabdata", active slabs, slabs.
      guard fields.count >= 15, fields[11] == ":", let pages = Int(fields[5]), let slabs = Int(fields[14]) else {
        continue
      }
      total = (total ?? 0) + slabs * pages * MappedMemory.pageSize
    }
    return total
  }
}
