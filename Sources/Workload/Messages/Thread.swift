import Base
import Glibc
import HostFacts
import Vocabulary

/// A POSIX thread for the other end of a connection.
enum Thread {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a thread that nobody waits for. It stays until the process ends, so that the kernel's counts of it can be read
  /// when its work is done.
  ///
  /// - Parameter cpu: the CPU to run on; nil leaves the thread on its creator's CPUs.
  static func detach(on cpu: Int?, _ run: @escaping @Sendable () -> Void) throws(Reason) {
    let body = Body {
      Watchdog.shieldCurrentThread()
      if let cpu { try? Affinity.pinCurrentThread(to: cpu) }
      run()
    }
    var thread = pthread_t()
    let result = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue().run()
        while true { pause() }
      }, Unmanaged.passRetained(body).toOpaque())
    guard result == 0 else { throw Reason(.setup, SystemError(call: "pthread_create", errno: result)) }
    pthread_detach(thread)
  }
}
