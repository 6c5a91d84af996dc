import CTransport
import Glibc
import Synchronization
import Vocabulary

/// Keeps descriptors open that do not count in the worker's table.
///
/// The limit of open descriptors holds for a table, and a thread may have a table of its own (`unshare(2)`,
/// `CLONE_FILES`). So a thread takes a copy of the table, and the worker closes the ends that nobody uses.
enum DescriptorsAside {
  private enum State: Int, AtomicRepresentable { case waiting, copied, refused }

  private final class SharedState: Sendable {
    let value = Atomic(State.waiting)
  }

  /// Closes the other ends of connections in the worker's table. They stay open until the process ends.
  ///
  /// - Returns: the connections with nothing but the worker's receiving end.
  static func putAway(_ links: [Link]) throws(Reason) -> [Link] {
    guard let last = links.flatMap(\.descriptors).max() else { return [] }
    let kept = Set(links.flatMap { $0.descriptors.subtracting([$0.workerReceive]) })
    let state = SharedState()
    try Thread.detach(on: nil) {
      guard ctransport_unshare_files() == 0 else {
        state.value.store(.refused, ordering: .releasing)
        return
      }
      // A copy would keep the worker's own ends open after the worker has closed them.
      for descriptor in 3...last where !kept.contains(descriptor) { close(descriptor) }
      state.value.store(.copied, ordering: .releasing)
    }
    while state.value.load(ordering: .acquiring) == .waiting { sched_yield() }
    guard state.value.load(ordering: .acquiring) == .copied else {
      throw Reason(
        stage: .setup, message: "unshare(CLONE_FILES) is refused: raise the limit of open descriptors (ulimit -Hn)")
    }
    for descriptor in kept { close(descriptor) }
    return links.map { Link(workerReceive: $0.workerReceive) }
  }
}
