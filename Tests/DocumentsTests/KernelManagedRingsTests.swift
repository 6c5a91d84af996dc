import Documents
import Testing
import Vocabulary

/// How far a kernel goes with kernel-managed rings, judged by where its transfers end.
@Suite struct KernelManagedRingsTests {
  private func transfer(_ stage: Stage?, _ errno: String? = nil, mode: Mode = .kmbuf) -> TransferProbe {
    let reason = stage.map { Reason(stage: $0, errno: errno, message: "\($0.rawValue) said \(errno ?? "no")") }
    let status: CellStatus = reason == nil ? .ok : .unsupported
    return TransferProbe(transport: .tcp, mode: mode, operation: .oneshot, status: status, reason: reason)
  }

  @Test(arguments: [
    ([(Stage.register, "EINVAL")], KernelManagedRings.State.notOffered, "EINVAL"),
    ([(.register, "ENOMEM")], .notOffered, "ENOMEM"),
    ([(.mmap, "EINVAL")], .registersOnly, "EINVAL"),
    ([(.receive, "ENOBUFS")], .mapsOnly, "ENOBUFS"),
    ([(.receive, "EFAULT")], .mapsOnly, "EFAULT"),
    ([(.provide, "EINVAL")], .mapsOnly, "EINVAL"),
    ([(.register, "ENOMEM"), (.receive, "ENOBUFS"), (.mmap, "EAGAIN")], .mapsOnly, "ENOBUFS"),
  ])
  func theFurthestDecides(ends: [(Stage, String)], state: KernelManagedRings.State, errno: String) {
    let impossible = transfer(.setup)
    let rings = KernelManagedRings([impossible] + ends.map { transfer($0.0, $0.1) })
    #expect(rings.state == state)
    #expect(rings.reason?.errno == errno)
  }

  @Test func oneArrivalIsEnough() {
    let rings = KernelManagedRings([transfer(.receive, "EBADFD"), transfer(nil)])
    #expect(rings.state == .receives)
    #expect(rings.reason == nil)
  }

  @Test func otherModesSayNothing() {
    let rings = KernelManagedRings([transfer(nil, mode: .pbuf), transfer(.register, "EINVAL")])
    #expect(rings.state == .notOffered)
  }
}
