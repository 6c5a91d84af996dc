import Glibc
import Synchronization

/// The children of this process, each the leader of a process group. They are killed when this process ends at once.
enum RunningChildren {
  private static let groups = Mutex<Set<pid_t>>([])

  static func add(_ group: pid_t) { groups.withLock { _ = $0.insert(group) } }

  static func remove(_ group: pid_t) { groups.withLock { _ = $0.remove(group) } }

  static func killAll() {
    groups.withLock { groups in
      for group in groups { kill(-group, SIGKILL) }
    }
  }
}
