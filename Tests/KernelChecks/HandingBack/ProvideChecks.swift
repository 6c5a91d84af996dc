import CUring
import Glibc

/// `PROVIDE_BUFFERS` with length 0, which only a kernel-managed group takes. For every other group it is as wrong as in
/// kernels without such groups: wrong when it is submitted.
enum ProvideChecks {
  static let all = [
    Check("provide-no-length") { try noLength() },
    Check("provide-late") { try late() },
    Check("provide-changed-group") { try changedGroup() },
  ]

  /// The kernel finds the mistake while it takes the request over. It then leaves the rest of the batch alone.
  private static func noLength() throws {
    let ring = try CheckRing()
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 4096, alignment: 4096)
    defer { memory.deallocate() }
    let address = UInt64(UInt(bitPattern: memory))
    let legacy = try ring.complete { Group.provide($0, id: 1, first: 0, count: 1, address: address, length: 4096) }
    try expect("a legacy group", legacy.outcome, .success)
    let mapped = Group.register(ring, id: 2, entries: 8, size: 0, flags: Group.mmapFlag)
    try expect("an ordinary ring", mapped, .success)
    for (id, name) in [(UInt16(0), "no group"), (1, "a legacy group"), (2, "an ordinary ring")] {
      for address in [0, address] {
        Group.provide(ring.entry(), id: id, first: 0, count: 1, address: address)
        let next = ring.entry()
        io_uring_prep_nop(next)
        next.pointee.user_data = 7
        try expect("\(name): requests taken over", ring.submit(), 1)
        try expect("\(name): without a length", try ring.wait().outcome, .failure(EINVAL))
        try ring.expectSilence(name)
        try expect("\(name): the rest", ring.submit(), 1)
        try expect("\(name): the rest", try ring.wait().userData, 7)
      }
    }
    // A kernel-managed group takes the same request, and the batch goes on.
    let group = try Group(ring, id: 3)
    let channel = try Channel(.unixSeqpacket)
    try channel.send([1])
    let reply = try ring.complete { Request(.recv).prepare($0, channel.receiver, group: 3) }
    Group.provide(ring.entry(), id: 3, first: UInt64(reply.buffer ?? 9), count: 1)
    io_uring_prep_nop(ring.entry())
    try expect("a kernel-managed group: requests taken over", ring.submit(), 2)
    try expect("hand-back", try ring.wait().outcome, .success)
    _ = try ring.wait()
    try StreamChecks.expectFree(ring, group, "a kernel-managed group")
  }

  /// A hand-back that comes when its group is gone makes no group of another kind.
  private static func late() throws {
    for isAsynchronous in [false, true] {
      let ring = try CheckRing()
      let channel = try Channel(.unixSeqpacket)
      for entries in [4, 8] {
        let group = try Group(ring, id: 5, entries: entries)
        try channel.send([1])
        let reply = try ring.complete { Request(.recv).prepare($0, channel.receiver, group: 5) }
        try expect("unregister", group.unregister(), .success)
        let late = try ring.complete { entry in
          Group.provide(entry, id: 5, first: UInt64(reply.buffer ?? 9), count: 1)
          if isAsynchronous { entry.pointee.flags |= UInt8(1 << IOSQE_ASYNC_BIT) }
        }
        try expectNoGroup(ring, late.outcome, "a late hand-back")
      }
    }
  }

  /// The group goes, or becomes one of another kind, between the request's submission and its turn.
  private static func changedGroup() throws {
    for isReplaced in [false, true] {
      let ring = try CheckRing()
      let (channel, gate) = (try Channel(.unixSeqpacket), try Channel(.pipe))
      let group = try Group(ring, id: 5)
      try channel.send([1])
      let reply = try ring.complete { Request(.recv).prepare($0, channel.receiver, group: 5) }
      // The hand-back waits for data in the pipe.
      let head = ring.entry()
      io_uring_prep_poll_add(head, gate.receiver, UInt32(POLLIN))
      head.pointee.flags |= UInt8(1 << IOSQE_IO_LINK_BIT)
      head.pointee.user_data = 1
      Group.provide(ring.entry(), id: 5, first: UInt64(reply.buffer ?? 9), count: 1)
      try expect("submitted", ring.submit(), 2)
      try expect("unregister", group.unregister(), .success)
      if isReplaced {
        let ordinary = Group.register(ring, id: 5, entries: 8, size: 0, flags: Group.mmapFlag)
        try expect("an ordinary ring in its place", ordinary, .success)
      }
      try gate.send([1])
      let late = try [ring.wait(), ring.wait()].first { $0.userData == 0xBAC0 }
      guard let late else { throw CheckFailure("the hand-back has not completed") }
      if isReplaced {
        try expect("hand-back to an ordinary ring", late.outcome, .failure(EINVAL))
        try expect("unregister", Group.unregister(ring, id: 5), .success)
      }
      try expectNoGroup(ring, late.outcome, "a hand-back whose group has changed")
    }
    // The other way round: buffers with an address, for a group that is kernel-managed when they arrive.
    let (ring, gate) = (try CheckRing(), try Channel(.pipe))
    let head = ring.entry()
    io_uring_prep_poll_add(head, gate.receiver, UInt32(POLLIN))
    head.pointee.flags |= UInt8(1 << IOSQE_IO_LINK_BIT)
    let address = UInt64(UInt(bitPattern: ring.handle))
    Group.provide(ring.entry(), id: 5, first: 0, count: 1, address: address, length: 8)
    try expect("submitted", ring.submit(), 2)
    let group = try Group(ring, id: 5)
    try gate.send([1])
    let replies = try [ring.wait(), ring.wait()]
    try expect(
      "buffers with an address", replies.first { $0.userData == 0xBAC0 }?.outcome, .failure(EINVAL))
    try StreamChecks.expectFree(ring, group, "buffers with an address")
  }

  private static func expectNoGroup(_ ring: CheckRing, _ late: Outcome, _ what: String) throws {
    try require([.failure(EINVAL), .failure(ENOENT)].contains(late), "\(what): \(late)")
    let remove = try ring.complete { io_uring_prep_remove_buffers($0, 1, 5) }
    try expect("\(what): REMOVE_BUFFERS", remove.outcome, .failure(ENOENT))
    let group = try Group(ring, id: 5)
    try expect("\(what): unregister", group.unregister(), .success)
  }
}
