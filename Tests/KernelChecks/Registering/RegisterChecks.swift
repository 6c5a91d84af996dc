import CKernelChecks
import CUring
import Glibc

/// Every answer of registration, as known from the documentation and from measurements.
enum RegisterChecks {
  static let all = [
    Check("register-errors") { try errors() },
    Check("register-flags") { try flags() },
    Check("register-reserved") { try reserved() },
    Check("register-exists") { try exists() },
    Check("register-nomem") { try tooMuch() },
    Check("register-sizes") { try sizes() },
    Check("unregister-errors") { try unregisterErrors() },
    Check("mmap-errors") { try mapping() },
    Check("mmap-stays") { try stays() },
  ]

  private static let ok = Group.mmapFlag | Group.managedFlag
  private static let inc = UInt16(CURING_PBUF_RING_INC)

  private static func expectRegister(
    _ ring: CheckRing, _ expected: Outcome, entries: UInt32 = 8, size: UInt64 = 4096, flags: UInt16 = ok
  ) throws {
    let seen = Group.register(ring, id: 3, entries: entries, size: size, flags: flags)
    try expect("\(entries) buffers of \(size), flags \(String(flags, radix: 16))", seen, expected)
    if seen == .success { try expect("unregister", Group.unregister(ring, id: 3), .success) }
  }

  private static func errors() throws {
    let ring = try CheckRing()
    for size: UInt64 in [0, 1, 4095, 4097, 6000, 0xFFFF_FFFF] { try expectRegister(ring, .failure(EINVAL), size: size) }
    for entries: UInt32 in [0, 3, 7, 12, 65535, 65536, 1 << 17, 1 << 31, ~0] {
      try expectRegister(ring, .failure(EINVAL), entries: entries)
    }
    try expectRegister(ring, .success)
  }

  private static func flags() throws {
    let ring = try CheckRing()
    let managed = Group.managedFlag
    let refused = [managed, managed | inc, ok | inc, ok | 8, ok | 0x4000, Group.refillFlag]
    let withoutManaged = [Group.refillFlag | Group.mmapFlag, Group.refillFlag | inc]
    for flags in refused + withoutManaged { try expectRegister(ring, .failure(EINVAL), flags: flags) }
    try expectRegister(ring, .failure(EINVAL), flags: ok | inc | Group.refillFlag)
    try expectRegister(ring, .success, flags: ok | Group.refillFlag)
    // Without KERNEL_MANAGED the first word is still an address. Linux 6.12 refuses it for a ring that is mapped, 7.3
    // doesn't look at it.
    let seen = Group.register(ring, id: 4, entries: 8, size: 4096, flags: Group.mmapFlag)
    try require([.failure(EINVAL), .success].contains(seen), "an ordinary ring with an address: \(seen)")
    try expectRegister(ring, .success, size: 0, flags: Group.mmapFlag)
  }

  private static func reserved() throws {
    let ring = try CheckRing()
    for reserved: (UInt64, UInt64, UInt64) in [(1, 0, 0), (1 << 32, 0, 0), (0, 1, 0), (0, 0, 1 << 63)] {
      let seen = Group.register(ring, id: 0, entries: 8, size: 4096, reserved: reserved)
      try expect("reserved or min_left \(reserved)", seen, .failure(EINVAL))
    }
    // The size is 32 bits. The other half of its word has no meaning yet.
    try expectRegister(ring, .failure(EINVAL), size: 4096 | 1 << 32)
  }

  private static func exists() throws {
    let ring = try CheckRing()
    let group = try Group(ring, id: 5)
    for flags in [ok, ok | Group.refillFlag] {
      try expect("again", Group.register(ring, id: 5, entries: 8, size: 4096, flags: flags), .failure(EEXIST))
    }
    let mapped = Group.register(ring, id: 5, entries: 8, size: 0, flags: Group.mmapFlag)
    try expect("a mapped ring over it", mapped, .failure(EEXIST))
    try expect("unregister", group.unregister(), .success)
    try expect("a mapped ring", Group.register(ring, id: 5, entries: 8, size: 0, flags: Group.mmapFlag), .success)
    try expect("over a mapped ring", Group.register(ring, id: 5, entries: 8, size: 4096), .failure(EEXIST))
    try expect("unregister", Group.unregister(ring, id: 5), .success)
    let legacy = try ring.complete {
      Group.provide($0, id: 5, first: 0, count: 1, address: UInt64(UInt(bitPattern: ring.handle)), length: 8)
    }
    try expect("legacy buffer", legacy.outcome, .success)
    try expect("over legacy buffers", Group.register(ring, id: 5, entries: 8, size: 4096), .failure(EEXIST))
  }

  /// More memory than there is. The kernel refuses it at once, and no one else runs out of memory.
  private static func tooMuch() throws {
    let ring = try CheckRing()
    for (entries, size): (UInt32, UInt64) in [(32768, 1 << 31), (32768, 0xFFFF_F000), (1024, 1 << 30), (16, 1 << 31)] {
      let seen = Group.register(ring, id: 1, entries: entries, size: size)
      let isRefused = seen == .failure(ENOMEM) || seen == .failure(EINVAL)
      try require(isRefused, "\(entries) buffers of \(size): expected ENOMEM or, past 2^32 pages, EINVAL, seen \(seen)")
    }
    try expectRegister(ring, .success)
  }

  private static func sizes() throws {
    let ring = try CheckRing()
    for (entries, size) in [(1, 4096), (2, 12288), (32768, 4096), (64, 65536), (4, 4 << 20), (2, 8 << 20)] {
      for hasRefill in [false, true] {
        // The highest id whose offset does not reach the bits that say what is mapped.
        let group = try Group(ring, id: 0x7FF, entries: entries, size: size, hasRefill: hasRefill)
        // New memory is zero, all of it is there, and it can be written.
        for offset in stride(from: 0, to: group.byteCount, by: 4096) {
          let word = group.base + offset
          try expect("word at \(offset)", word.load(as: UInt64.self), 0)
          word.storeBytes(of: UInt64(offset) + 1, as: UInt64.self)
        }
        for offset in stride(from: 0, to: group.byteCount, by: 4096) {
          try expect("word at \(offset)", (group.base + offset).load(as: UInt64.self), UInt64(offset) + 1)
        }
        try expect("unregister", group.unregister(), .success)
      }
    }
  }

  private static func unregisterErrors() throws {
    let ring = try CheckRing()
    try expect("nothing there", Group.unregister(ring, id: 9), .failure(ENOENT))
    let group = try Group(ring, id: 9)
    try expect("unregister", group.unregister(), .success)
    try expect("twice", group.unregister(), .failure(ENOENT))
  }

  private static func mapping() throws {
    let ring = try CheckRing()
    try require(Group.map(ring, id: 2, byteCount: 4096) == nil, "mmap of a group that is not there succeeded")
    let group = try Group(ring, id: 2, entries: 4)
    // A shorter mapping shows the start. A longer one has nothing behind the end, and the check does not read there.
    for pages in [1, 2, 64] {
      let again = Group.map(ring, id: 2, byteCount: pages * pageSize)
      guard let again else { throw CheckFailure("mmap of \(pages) pages: \(Outcome.failure(errno))") }
      group.base.storeBytes(of: UInt64(pages) << 40, as: UInt64.self)
      try expect("the same memory twice", again.load(as: UInt64.self), UInt64(pages) << 40)
      munmap(again, pages * pageSize)
    }
    try expect("unregister", group.unregister(), .success)
    try require(Group.map(ring, id: 2, byteCount: 4096) == nil, "mmap after unregister succeeded")
  }

  /// A mapping can neither grow, be doubled, nor move to an address of the application's choice.
  private static func stays() throws {
    let ring = try CheckRing()
    let group = try Group(ring, entries: 4)
    for (old, new) in [(4, 8), (4, 5), (1, 2), (0, 4)] {
      let error = cchecks_remap(group.base, old * pageSize, new * pageSize, nil)
      try expect("mremap of \(old) pages to \(new)", Outcome(error), .failure(EFAULT))
    }
    let room = mmap(nil, group.byteCount, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    let error = cchecks_remap(group.base, group.byteCount, group.byteCount, room)
    try expect("mremap to another address", Outcome(error), .failure(EINVAL))
    group.setGuard()
    try StreamChecks.expectFree(ring, group, "after mremap")
  }
}
