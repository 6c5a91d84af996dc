import CKernelChecks
import CUring
import Glibc

/// Rings, groups and mappings.
extension HostileActor {
  func openRing() {
    guard own.count < 4 else { return closeRing() }
    let usual = [0, UInt32(IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN), UInt32(IORING_SETUP_COOP_TASKRUN)]
    // SQPOLL is rare: its thread spins, and a guest has few CPUs.
    let flags = random.chance(5) ? UInt32(IORING_SETUP_SQPOLL) : random.pick(usual)
    guard let ring = try? CheckRing(entries: 32, flags: flags) else { return count("ring", false) }
    own.append(ring)
    // A second descriptor keeps the ring when the first is closed, and lets the other thread use it.
    let slot = random.below(field.ringCount)
    let old = field.rings.at[slot]
    field.rings.at[slot] = dup(ring.descriptor)
    if old >= 0 { close(old) }
    count("ring")
  }

  func closeRing() {
    guard !own.isEmpty else { return openRing() }
    own.remove(at: random.below(own.count))
    count("close")
  }

  /// An own ring, or one from the shared slots, whose owner may have closed it.
  private func anyRing() -> Int32 {
    if let ring = own.isEmpty ? nil : random.pick(own), random.chance(60) { return ring.descriptor }
    return field.rings.at[random.below(field.ringCount)]
  }

  private func call(_ opcode: UInt32, _ registration: inout curing_buf_reg, _ ring: Int32) -> Bool {
    io_uring_register(UInt32(bitPattern: ring), opcode, &registration, 1) == 0
  }

  func register() {
    var registration = curing_buf_reg()
    registration.bgid = anyGroup()
    registration.flags = Group.mmapFlag | Group.managedFlag
    if random.chance(50) { registration.flags |= Group.refillFlag }
    registration.ring_entries = UInt32(1) << UInt32(random.below(7))
    registration.ring_addr = UInt64(pageSize << random.below(5))
    switch random.below(20) {
    case 0: registration.ring_addr = extreme(1 << 20)
    case 1: registration.ring_entries = UInt32(truncatingIfNeeded: extreme(1 << 16))
    case 2: registration.flags = UInt16(truncatingIfNeeded: random.next())
    case 3: registration.resv.0 = extreme(2)
    case 4: (registration.ring_entries, registration.ring_addr) = (2, UInt64(5 << 20))
    case 5: (registration.ring_entries, registration.ring_addr) = (1 << UInt32(random.below(15)), UInt64(pageSize))
    case 6: (registration.flags, registration.ring_addr) = (Group.mmapFlag, 0)
    default: break
    }
    let ring = anyRing()
    let isRegistered = call(UInt32(IORING_REGISTER_PBUF_RING), &registration, ring)
    count("register", isRegistered)
    if isRegistered, random.chance(60) { mapWhole(registration, ring) }
    // The mapping outlives its group.
    if isRegistered, random.chance(15) { unregister(registration.bgid, ring) }
  }

  /// Maps a whole group, with its page of ids.
  private func mapWhole(_ registration: curing_buf_reg, _ ring: Int32) {
    if mappings.count >= 24 { unmap() }
    let buffers = Int(registration.ring_entries) * Int(registration.buf_size)
    let hasRefill = registration.flags & Group.refillFlag != 0
    let byteCount = Group.byteCount(Int(registration.ring_entries), Int(registration.buf_size), hasRefill)
    guard byteCount > 0, byteCount < 64 << 20 else { return }
    let offset = CURING_OFF_PBUF_RING | UInt64(registration.bgid) << 16
    let base = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_SHARED, ring, off_t(truncatingIfNeeded: offset))
    guard let base, base != MAP_FAILED else { return count("mmap", false) }
    mappings.append(Mapping(base: base, byteCount: byteCount, refillOffset: hasRefill ? buffers : nil))
    count("mmap")
  }

  /// Hands buffers back through a page of ids. Most of the ids exist.
  func refill() {
    guard let index = mappings.indices.last(where: { mappings[$0].refillOffset != nil && random.chance(50) }),
      let offset = mappings[index].refillOffset
    else { return register() }
    var ids = (0..<64).map { _ in
      UInt16(truncatingIfNeeded: random.chance(95) ? UInt64(random.below(40)) : random.next())
    }
    _ = cchecks_poke(mappings[index].base + offset + 64, &ids, 128)
    mappings[index].tail &+= random.chance(95) ? UInt32(random.below(40)) : UInt32(truncatingIfNeeded: random.next())
    count("refill", cchecks_poke(mappings[index].base + offset, &mappings[index].tail, 4) == 0)
  }

  func unregister() {
    unregister(anyGroup(), anyRing())
  }

  private func unregister(_ group: UInt16, _ ring: Int32) {
    var registration = curing_buf_reg()
    registration.bgid = group
    if random.chance(3) { registration.flags = UInt16(truncatingIfNeeded: random.next()) }
    count("unregister", call(UInt32(IORING_UNREGISTER_PBUF_RING), &registration, ring))
  }

  /// Puts pages of a mapping into a pipe, where they outlive the mapping.
  func splice() {
    guard !mappings.isEmpty, let pipe = channels.first(where: { !$0.transport.isSocket && $0.sender >= 0 }) else {
      return map()
    }
    let mapping = random.pick(mappings)
    let byteCount = min(mapping.byteCount, pageSize * (1 + random.below(4)))
    count("splice", cchecks_splice_pages(pipe.sender, mapping.base, byteCount) > 0)
  }

  /// Asks for the status of a group.
  func registerOther() {
    var status = curing_buf_status()
    status.buf_group = UInt32(anyGroup())
    let ring = UInt32(bitPattern: anyRing())
    count("status", io_uring_register(ring, UInt32(CURING_REGISTER_PBUF_STATUS), &status, 1) == 0)
  }

  func map() {
    guard mappings.count < 24 else { return unmap() }
    let offset = CURING_OFF_PBUF_RING | UInt64(anyGroup()) << 16
    let byteCount = pageSize * (1 + random.below(random.chance(90) ? 64 : 3000))
    let flags = random.pick([MAP_SHARED, MAP_SHARED, MAP_SHARED | MAP_POPULATE, MAP_PRIVATE])
    let access = random.pick([PROT_READ | PROT_WRITE, PROT_READ | PROT_WRITE, PROT_READ, PROT_NONE])
    let base = mmap(nil, byteCount, access, flags, anyRing(), off_t(truncatingIfNeeded: offset))
    guard let base, base != MAP_FAILED else { return count("mmap", false) }
    mappings.append(Mapping(base: base, byteCount: byteCount))
    count("mmap")
  }

  func unmap() {
    guard !mappings.isEmpty else { return map() }
    let mapping = mappings.remove(at: random.below(mappings.count))
    // Sometimes in two pieces.
    let first = random.chance(20) ? mapping.byteCount / 2 / pageSize * pageSize : 0
    if first > 0 { munmap(mapping.base, first) }
    munmap(mapping.base + first, mapping.byteCount - first)
    count("munmap")
  }

  /// Writes random words to a mapping. This goes through the kernel, because the memory may be missing or read-only.
  func scribble() {
    guard !mappings.isEmpty else { return map() }
    let mapping = random.pick(mappings)
    var words = (0..<64).map { _ in random.chance(30) ? 0xFFFF_8880_0000_0000 | random.next() : random.next() }
    for _ in 0..<8 {
      let offset = random.below(mapping.byteCount / 8) * 8
      let length = min(words.count * 8, mapping.byteCount - offset)
      count("scribble", cchecks_poke(mapping.base + offset, &words, length) == 0)
    }
  }

  func fork() {
    guard let mapping = mappings.last else { return }
    var poke = cchecks_bytes(
      bytes: mapping.base.assumingMemoryBound(to: UInt8.self), count: min(mapping.byteCount, 1 << 16), value: 0, next: 9
    )
    let child = cchecks_fork(cchecks_touch, &poke)
    guard child > 0 else { return count("fork", false) }
    _ = Child.wait(child)
    count("fork")
  }
}
