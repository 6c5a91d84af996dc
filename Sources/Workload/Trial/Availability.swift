import Base
import Glibc
import HostFacts
import Uring

/// Whether this process may use io_uring at all.
package enum Availability {
  /// Why this process can't use io_uring, with the remedy; nil when it can. Tries a ring of the size that trials use by
  /// default, because a limit on locked memory may admit a smaller ring.
  package static func unavailable() -> String? {
    do throws(SystemError) {
      _ = try Ring(entries: 256, completions: 512)
      return nil
    } catch {
      let said = SystemError(call: error.call, errno: error.errno).description
      return "io_uring is not available: \(said): \(remedy(error.errno))"
    }
  }

  private static func remedy(_ errno: Int32) -> String {
    switch errno {
    case ENOSYS: "this kernel was built without it, or a seccomp filter hides it: use another kernel or profile"
    case ENOMEM: "raise the locked-memory limit (ulimit -l), which this kernel charges rings to"
    case EPERM: disabledBySysctl
    default: "no ring can be created here"
    }
  }

  private static var disabledBySysctl: String {
    switch SmallFile.trimmed("/proc/sys/kernel/io_uring_disabled") {
    case "1":
      "kernel.io_uring_disabled=1 admits only privileged processes: run as root or sysctl kernel.io_uring_disabled=0"
    case "2": "the system disables io_uring: 'sysctl kernel.io_uring_disabled=0' enables it"
    default:
      "a seccomp filter or security module forbids it: run outside the container, or with a profile that allows it"
    }
  }
}
