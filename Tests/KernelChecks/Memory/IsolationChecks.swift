import CUring
import Glibc
import HostFacts
import Vocabulary

/// Groups and rings do not affect each other. Also checks where their pages lie.
enum IsolationChecks {
  static let all = [
    Check("isolation") { try isolation() },
    Check("large-total") { try largeTotal() },
    Check("node-placement") { try placement() },
  ]

  /// Uses two rings with 64 groups each at random. Every buffer has to hold what it last received.
  private static func isolation() throws {
    var random = Random(seed: 21)
    let rings = [try CheckRing(), try CheckRing.deferred()]
    let groups: [[Group]] = try rings.map { ring in
      try (0..<64).map { (id: Int) throws -> Group in
        try Group(ring, id: UInt16(id), entries: 4, size: id % 2 == 0 ? 4096 : 8192, hasRefill: id % 3 == 0)
      }
    }
    for group in groups.joined() { group.setGuard() }
    let channels = try [Transport.unixSeqpacket, .tcp, .pipe, .udp].map { try Channel($0) }
    var out: [[Int: [Int: [UInt8]]]] = [[:], [:]]
    for message in 0..<6000 {
      let (ring, id) = (random.below(2), random.below(64))
      let group = groups[ring][id]
      if out[ring][id, default: [:]].count == 4 {
        for (buffer, data) in out[ring][id]! {
          try group.check(buffer, holds: data[...], "ring \(ring), group \(id)")
          group.setGuard(buffer)
        }
        if group.hasRefill && random.chance(50) {
          RefillPage(group).add(Array(out[ring][id]!.keys))
        } else {
          try expect("hand-back of all", try group.provide(0, 4), .success)
        }
        out[ring][id] = [:]
      }
      let (channel, data) = (random.pick(channels), payload(message, 1 + random.below(4000)))
      try channel.send(data)
      let reply = try rings[ring].complete { Request(.read).prepare($0, channel.receiver, group: UInt16(id)) }
      try expect("ring \(ring), group \(id)", reply.result, data.count)
      guard let buffer = reply.buffer, out[ring][id]?[buffer] == nil else { throw CheckFailure("\(reply)") }
      out[ring][id, default: [:]][buffer] = data
    }
    for (ring, groups) in groups.enumerated() {
      for (id, group) in groups.enumerated() {
        let held = out[ring][id] ?? [:]
        for (buffer, data) in held { try group.check(buffer, holds: data[...], "at the end") }
        try group.checkOthers(than: Set(held.keys), "at the end")
      }
    }
  }

  /// One group of 256 MiB. Every buffer is used.
  private static func largeTotal() throws {
    let (ring, channel) = (try CheckRing(), try Channel(.unixSeqpacket))
    let group = try Group(ring, entries: 4096, size: 65536)
    for message in 0..<4096 {
      try channel.send(payload(message, 1000))
      let reply = try ring.complete { Request(.recv).prepare($0, channel.receiver, group: 0) }
      try expect("buffer", reply.buffer, message)
    }
    for message in 0..<4096 {
      try require(group.bytes(message).prefix(1000).elementsEqual(payload(message, 1000)), "wrong data in \(message)")
    }
    try expect("hand-back of all", try group.provide(0, 4096), .success)
  }

  /// Pages lie on the node of the CPU that registers, whatever the memory policy.
  private static func placement() throws {
    let nodes = readFile("/sys/devices/system/node/has_memory").filter { $0 != "\n" }
    guard nodes.contains("-") || nodes.contains(",") else {
      throw CheckNotPossible(reason: "the machine has one node: boot it with --nodes 2")
    }
    for cpu in 0...1 {
      for policy in [nil, 0, 1] {
        if let policy { try MemoryPolicy.bindCurrentThread(to: policy) } else { try MemoryPolicy.resetCurrentThread() }
        try Affinity.pinCurrentThread(to: cpu)
        let what = "CPU \(cpu), policy \(policy.map(String.init) ?? "default")"
        for (entries, size) in [(64, 4096), (64, 65536), (2, 8 << 20)] {
          let ring = try CheckRing()
          let group = try Group(ring, entries: entries, size: size, hasRefill: true)
          // The other CPU touches the pages, which must not move them.
          try Affinity.pinCurrentThread(to: 1 - cpu)
          memset(group.base, 1, group.byteCount)
          let seen = try PagePlacement.pagesPerNode(base: group.base, byteCount: group.byteCount)
          try expect("\(what), buffers of \(size)", seen, ["\(cpu)": group.byteCount / pageSize])
          try Affinity.pinCurrentThread(to: cpu)
        }
        say("   \(what): all pages on node \(cpu)")
      }
    }
    try MemoryPolicy.resetCurrentThread()
  }
}
