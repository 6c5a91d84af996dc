import CKernelChecks
import CUring
import Glibc

/// Channels and requests.
extension HostileActor {
  func openChannel() {
    guard channels.count < 16 else { return closeChannel() }
    guard let channel = try? Channel(random.pick(Transport.allCases)) else { return count("channel", false) }
    _ = fcntl(channel.sender, F_SETFL, fcntl(channel.sender, F_GETFL) | O_NONBLOCK)
    channels.append(channel)
    count("channel")
  }

  func closeChannel() {
    guard !channels.isEmpty else { return openChannel() }
    let index = random.below(channels.count)
    if random.chance(30) { channels[index].closeSender() } else { channels.remove(at: index) }
    count("close-channel")
  }

  func send() {
    guard !channels.isEmpty else { return openChannel() }
    if random.chance(15) {
      var one: UInt64 = 1
      return count("counter", write(random.pick(field.counters), &one, 8) == 8)
    }
    let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: random.next()), count: Int(extreme(10_000) & 0xFFFF))
    count("send", write(random.pick(channels).sender, bytes, bytes.count) >= 0)
  }

  private func anyRing() -> CheckRing? { own.isEmpty ? nil : random.pick(own) }

  /// The user data of a receive: its group, and one of a few numbers, so that a cancel can find it.
  private func name(_ group: UInt16) -> UInt64 { UInt64(group) << 8 | UInt64(random.below(8)) }

  private func entry(_ ring: CheckRing) -> Entry? { curing_get_sqe(ring.handle) }

  /// Sometimes sets flags that make no sense together.
  private func finish(_ ring: CheckRing, _ entry: Entry) {
    if random.chance(8) { entry.pointee.flags |= UInt8(1 << IOSQE_IO_LINK_BIT) }
    if random.chance(2) { entry.pointee.flags |= UInt8(1 << IOSQE_IO_DRAIN_BIT) }
    if random.chance(5) { entry.pointee.flags |= UInt8(CURING_IOSQE_CQE_SKIP_SUCCESS) }
    if random.chance(2) { entry.pointee.ioprio = UInt16(truncatingIfNeeded: random.next()) }
    if random.chance(1) { entry.pointee.off = random.next() }
    if random.chance(4), let timeout = self.entry(ring) {
      entry.pointee.flags |= UInt8(1 << IOSQE_IO_LINK_BIT)
      io_uring_prep_link_timeout(timeout, field.timeout.at, 0)
      count("timeout")
    }
    if random.chance(60) { ring.submit() }
  }

  func receive() {
    guard let ring = anyRing(), let entry = entry(ring) else { return openRing() }
    let request = Request(random.pick(Receive.allCases))
    request.isAsynchronous = random.chance(30)
    request.isBundle = random.chance(5)
    request.length = request.receive == .recvMultishot && random.chance(95) ? 0 : Int(extreme(9000) & 0x7FFF_FFFF)
    request.nameLength = random.chance(80) ? 32 : Int(extreme(5000) & 0x7FFF_FFFF)
    request.controlLength = random.chance(90) ? 0 : 64
    request.isPollFirst = !request.receive.isRead && random.chance(10)
    request.mustNotWait = request.receive.isRead && random.chance(10)
    let flags = [MSG_WAITALL, MSG_PEEK, MSG_TRUNC, MSG_DONTWAIT, MSG_OOB, MSG_ERRQUEUE]
    request.messageFlags = random.chance(60) ? 0 : Int32(random.pick(flags))
    let isFile = channels.isEmpty || random.chance(20)
    let descriptor = isFile ? random.pick(files) : random.pick(channels).receiver
    let offset = isFile && random.chance(90) ? UInt64(random.below(256)) << 12 : ~0
    let group = anyGroup()
    request.prepare(entry, descriptor, group: group, offset: offset, userData: name(group))
    // The memory that the entry points to has to exist until some call submits it.
    requests.append(request)
    if requests.count > 4096 { requests.removeFirst(2048) }
    finish(ring, entry)
    count(request.receive.rawValue)
  }

  func provide() {
    guard let ring = anyRing(), let entry = entry(ring) else { return openRing() }
    Group.provide(
      entry, id: anyGroup(), first: extreme(70), count: Int32(truncatingIfNeeded: 1 &+ extreme(4)),
      address: random.chance(85) ? 0 : random.next(), length: random.chance(75) ? 0 : UInt32(extreme(5000) & 0xFFFF))
    finish(ring, entry)
    count("provide")
  }

  func remove() {
    guard let ring = anyRing(), let entry = entry(ring) else { return openRing() }
    io_uring_prep_remove_buffers(entry, Int32(truncatingIfNeeded: extreme(10)), Int32(anyGroup()))
    finish(ring, entry)
    count("remove")
  }

  func cancel() {
    guard let ring = anyRing(), let entry = entry(ring) else { return openRing() }
    io_uring_prep_cancel64(entry, name(anyGroup()), random.chance(20) ? Int32(1 << 2) : 0)
    finish(ring, entry)
    count("cancel")
  }

  /// Takes completions, and hands most of the buffers back.
  func reap() {
    guard let ring = anyRing() else { return openRing() }
    ring.submit()
    for _ in 0..<64 {
      guard let reply = ring.poll() else { break }
      count(reply.result >= 0 ? "completed" : "failed")
      guard let buffer = reply.buffer else { continue }
      count("buffers")
      if random.chance(80), let entry = entry(ring) {
        let group = random.chance(95) ? UInt16(truncatingIfNeeded: reply.userData >> 8) : anyGroup()
        Group.provide(entry, id: group, first: UInt64(buffer), count: 1)
      }
    }
    ring.submit()
  }

  /// Calls `io_uring_enter` on a ring that may belong to the other thread.
  func enterAnother() {
    let ring = field.rings.at[random.below(field.ringCount)]
    let count = UInt32(random.below(8))
    let result = io_uring_enter(UInt32(bitPattern: ring), count, 0, UInt32(IORING_ENTER_GETEVENTS), nil)
    self.count("enter", result >= 0)
  }
}
