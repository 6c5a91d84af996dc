import CKernelChecks
import CUring
import Glibc

/// Regular files: through the page cache of tmpfs and ext4, and with `O_DIRECT` on the RAM disk.
enum FileChecks {
  static let all = [
    Check("file-tmpfs") { try everyShape("/tmp/file", isDirect: false) },
    Check("file-ext4") { try everyShape("/var/tmp/file", isDirect: false) },
    Check("file-direct") { try everyShape("/var/tmp/direct", isDirect: true) },
    Check("file-direct-unaligned") { try unaligned() },
    Check("file-multishot") { try multishot() },
    Check("file-cold") { try cold() },
  ]

  /// A file that exists as long as this object.
  final class File {
    let descriptor: Int32
    let data: [UInt8]
    let isDirect: Bool

    init(_ path: String, _ count: Int, isDirect: Bool) throws {
      data = payload(count, count)
      self.isDirect = isDirect
      let plain = try succeed("open \(path)", open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600))
      var rest = data[...]
      while !rest.isEmpty {
        let written = rest.withUnsafeBytes { write(plain, $0.baseAddress, $0.count) }
        guard written > 0 else { throw CheckFailure("writing \(path): \(Outcome.failure(errno))") }
        rest = rest.dropFirst(written)
      }
      fsync(plain)
      descriptor = isDirect ? try succeed("open \(path) with O_DIRECT", cchecks_reopen_direct(path)) : plain
      if isDirect { close(plain) }
      unlink(path)
    }

    deinit { close(descriptor) }
  }

  private static func everyShape(_ path: String, isDirect: Bool) throws {
    let file = try File(path, 300_000 + 123, isDirect: isDirect)
    for size in [4096, 8192, 65536] {
      for receive in [Receive.read, .readv] {
        for isAsynchronous in [false, true] {
          let what = "\(receive.rawValue), buffers of \(size)\(isAsynchronous ? ", from io-wq" : "")"
          try readAll(file, receive, size, isAsynchronous, what)
          try readDeep(file, receive, size, isAsynchronous, what)
        }
      }
    }
    // Larger than a contiguous piece of memory can be.
    let large = try File(path, 5 << 20, isDirect: isDirect)
    try readAll(large, .read, 8 << 20, false, "buffers of 8 MiB")
    try readAll(large, .readv, 8 << 20, true, "buffers of 8 MiB, from io-wq")
  }

  /// One read after the other, to the end and past it.
  private static func readAll(
    _ file: File, _ receive: Receive, _ size: Int, _ isAsynchronous: Bool, _ what: String
  ) throws {
    let ring = try CheckRing()
    let group = try Group(ring, entries: 2, size: size)
    group.setGuard()
    var offset = 0
    while true {
      let request = Request(receive)
      request.isAsynchronous = isAsynchronous
      let reply = try ring.complete { request.prepare($0, file.descriptor, group: 0, offset: UInt64(offset)) }
      let expected = min(size, file.data.count - offset)
      try expect("\(what), offset \(offset)", reply.result, expected)
      guard let buffer = reply.buffer else {
        try require(expected == 0, "\(what), offset \(offset): no buffer")
        break
      }
      let part = file.data[offset..<(offset + expected)]
      // A direct read past the end of the file fills the rest of its length with zeros (fs/iomap/direct-io.c).
      try group.check(buffer, holds: part, unit: file.isDirect ? size : 1, "\(what), offset \(offset)")
      try group.checkOthers(than: [buffer], what)
      group.setGuard(buffer)
      try expect("\(what): hand-back", try group.provide(buffer), .success)
      if expected == 0 { break }
      offset += expected
    }
    try StreamChecks.expectFree(ring, group, what)
  }

  /// Many reads at once, each of half a buffer but at least 4096 bytes.
  private static func readDeep(
    _ file: File, _ receive: Receive, _ size: Int, _ isAsynchronous: Bool, _ what: String
  ) throws {
    let ring = try CheckRing()
    let group = try Group(ring, entries: 32, size: size)
    group.setGuard()
    let length = max(4096, size / 2)
    let requests = (0..<32).map { _ in Request(receive) }
    for (index, request) in requests.enumerated() {
      (request.length, request.isAsynchronous) = (length, isAsynchronous)
      let offset = UInt64(index * 4096)
      request.prepare(ring.entry(), file.descriptor, group: 0, offset: offset, userData: offset)
    }
    ring.submit()
    var buffers: Set<Int> = []
    for _ in requests {
      let reply = try ring.wait(what)
      let offset = Int(reply.userData)
      try expect("\(what), deep, offset \(offset)", reply.result, length)
      guard let buffer = reply.buffer, buffers.insert(buffer).inserted else {
        throw CheckFailure("\(what), deep: \(reply), out are \(buffers)")
      }
      try group.check(buffer, holds: file.data[offset..<(offset + length)], "\(what), deep, offset \(offset)")
    }
  }

  private static func unaligned() throws {
    let file = try File("/var/tmp/unaligned", 100_000, isDirect: true)
    for isAsynchronous in [false, true] {
      let ring = try CheckRing()
      let group = try Group(ring, entries: 4, size: 8192)
      group.setGuard()
      for (offset, length) in [(0, 100), (1, 4096), (4096, 4095), (511, 1)] {
        let request = Request(.read)
        (request.length, request.isAsynchronous) = (length, isAsynchronous)
        let reply = try ring.complete { request.prepare($0, file.descriptor, group: 0, offset: UInt64(offset)) }
        try expect("\(length) at \(offset)", reply.outcome, .failure(EINVAL))
        if let buffer = reply.buffer { try expect("hand-back", try group.provide(buffer), .success) }
      }
      try group.checkOthers(than: [], "unaligned")
      try StreamChecks.expectFree(ring, group, "unaligned")
    }
  }

  private static func multishot() throws {
    let file = try File("/tmp/multishot", 10_000, isDirect: false)
    let ring = try CheckRing()
    let group = try Group(ring, entries: 2)
    let reply = try ring.complete { Request(.readMultishot).prepare($0, file.descriptor, group: 0) }
    try expect("multishot read of a file", reply.outcome, .failure(EBADFD))
    try StreamChecks.expectFree(ring, group, "multishot")
  }

  /// Reads data that is not in the page cache. Such a read can't finish at once, and goes on in io-wq or a callback.
  private static func cold() throws {
    let file = try File("/var/tmp/cold", 2 << 20, isDirect: false)
    for size in [4096, 65536, 1 << 20] {
      posix_fadvise(file.descriptor, 0, 0, POSIX_FADV_DONTNEED)
      try readAll(file, .read, size, false, "cold, buffers of \(size)")
      posix_fadvise(file.descriptor, 0, 0, POSIX_FADV_DONTNEED)
      try readDeep(file, .readv, size, false, "cold, buffers of \(size)")
    }
  }
}
