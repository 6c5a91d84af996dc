/// How long one CPU could run, and how long the hypervisor ran something else meanwhile (`/proc/stat`, `proc(5)`).
///
/// Both are in clock ticks, 10 ms each, so a fraction over a short trial is coarse.
package struct StealTime: Hashable, Sendable {
  package let stolen: UInt64
  /// User, nice, system, idle, waiting, interrupts, soft interrupts and stolen. User time includes guest time.
  package let all: UInt64

  /// What the kernel says about `cpu` now; zeros when it says nothing.
  package static func now(cpu: Int) -> StealTime {
    StealTime(cpu: cpu, stat: SmallFile.read("/proc/stat") ?? "")
  }

  init(cpu: Int, stat: String) {
    let fields = stat.lines.lazy.map(\.fields).first { $0.first.map(String.init) == "cpu\(cpu)" } ?? []
    let ticks = fields.dropFirst().prefix(8).map { UInt64($0) ?? 0 }
    stolen = ticks.count == 8 ? ticks[7] : 0
    all = ticks.reduce(0, &+)
  }

  /// The stolen part of the time since an earlier snapshot, 0...1; 0 when no tick has passed.
  package func fraction(since start: StealTime) -> Double {
    guard all > start.all, stolen > start.stolen else { return 0 }
    return min(1, Double(stolen - start.stolen) / Double(all - start.all))
  }
}
