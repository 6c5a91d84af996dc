import CUring
import Glibc

/// Requests that a kernel-managed group refuses. Other groups work as before.
enum RefusalChecks {
  static let all = [
    Check("remove-buffers") { try remove() },
    Check("legacy-provide") { try legacy() },
    Check("bundle-refused") { try bundle() },
    Check("send-refused") { try send() },
  ]

  private static func remove() throws {
    let ring = try CheckRing()
    let group = try Group(ring)
    for count: Int32 in [1, 8, 65535] {
      let reply = try ring.complete { io_uring_prep_remove_buffers($0, count, Int32(group.id)) }
      try expect("REMOVE_BUFFERS of \(count)", reply.outcome, .failure(EINVAL))
    }
    let channel = try Channel(.unixSeqpacket)
    try expect("free", try HandBackChecks.freeBuffers(ring, channel), Array(0..<8))
  }

  /// Legacy groups work as before: they need a length.
  private static func legacy() throws {
    let ring = try CheckRing()
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 4096, alignment: 4096)
    defer { memory.deallocate() }
    let address = UInt64(UInt(bitPattern: memory))
    let without = try ring.complete { Group.provide($0, id: 1, first: 0, count: 1, address: address) }
    try expect("without a length", without.outcome, .failure(EINVAL))
    let with = try ring.complete { Group.provide($0, id: 1, first: 9, count: 1, address: address, length: 4096) }
    try expect("with a length", with.outcome, .success)
    let channel = try Channel(.unixSeqpacket)
    try channel.send(payload(3, 99))
    let reply = try ring.complete { Request(.recv).prepare($0, channel.receiver, group: 1) }
    try expect("buffer", reply.buffer, 9)
    try require(UnsafeRawBufferPointer(start: memory, count: 99).elementsEqual(payload(3, 99)), "wrong data")
  }

  private static func bundle() throws {
    for transport in [Transport.tcp, .unixStream] {
      for (receive, isAsynchronous) in [(Receive.recv, false), (.recvMultishot, false), (.recv, true)] {
        let what = "bundle, \(receive.rawValue) on \(transport.rawValue)\(isAsynchronous ? " from io-wq" : "")"
        let (ring, channel) = (try CheckRing(), try Channel(transport))
        let group = try Group(ring)
        group.setGuard()
        try channel.send(payload(0, 10_000))
        let request = Request(receive)
        (request.isBundle, request.isAsynchronous) = (true, isAsynchronous)
        let reply = try ring.complete { request.prepare($0, channel.receiver, group: 0) }
        try expect(what, reply.outcome, .failure(EINVAL))
        try expect(what + ": buffer", reply.buffer, nil)
        try group.checkOthers(than: [], what)
        var data = [UInt8](repeating: 0, count: 10_000)
        _ = Glibc.recv(channel.receiver, &data, data.count, Int32(MSG_WAITALL))
        try require(data == payload(0, 10_000), "\(what): data was consumed")
        try expect(what + ": free", try HandBackChecks.freeBuffers(ring, try Channel(.unixSeqpacket)), Array(0..<8))
      }
    }
  }

  private static func send() throws {
    for isBundle in [false, true] {
      let (ring, channel) = (try CheckRing(), try Channel(.tcp))
      let group = try Group(ring)
      let reply = try ring.complete { entry in
        io_uring_prep_send(entry, channel.sender, nil, 100, 0)
        if isBundle { entry.pointee.ioprio |= UInt16(CURING_RECVSEND_BUNDLE) }
        entry.pointee.flags |= UInt8(CURING_IOSQE_BUFFER_SELECT)
        curing_sqe_set_buf_group(entry, group.id)
      }
      try expect("send\(isBundle ? " bundle" : "")", reply.outcome, .failure(EINVAL))
      try expect("free", try HandBackChecks.freeBuffers(ring, try Channel(.unixSeqpacket)), Array(0..<8))
    }
  }
}
