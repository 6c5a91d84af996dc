import Glibc

/// Interrupts a worker that waits for something that never comes.
///
/// A signal at intervals makes `io_uring_enter(2)` return `EINTR`; the engine then sees whether anything has arrived
/// since the last signal. The timed loop itself has no deadline.
enum Watchdog {
  /// Seconds without a message after which a worker gives up.
  static let patience = 5

  /// Starts the signals; they go to the whole process until it ends.
  static func start() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in }
    sigaction(SIGALRM, &action, nil)
    let interval = timeval(tv_sec: patience, tv_usec: 0)
    var timer = itimerval(it_interval: interval, it_value: interval)
    setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
  }

  /// Keeps the signals away from the calling thread, so that they reach the worker.
  static func shieldCurrentThread() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGALRM)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}
