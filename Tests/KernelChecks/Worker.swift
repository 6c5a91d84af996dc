import Glibc

/// A thread that runs a function to its end.
final class Worker {
  private var thread = pthread_t()

  init(_ work: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Box(work))
    pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue().work()
        return nil
      }, box.toOpaque())
  }

  func join() { pthread_join(thread, nil) }

  private final class Box {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }
}

/// Memory that threads share on purpose. Swift does not check the accesses.
struct Shared<Value>: @unchecked Sendable {
  let at: UnsafeMutablePointer<Value>

  init(_ value: Value, count: Int = 1) {
    at = .allocate(capacity: count)
    at.initialize(repeating: value, count: count)
  }
}

struct SharedBytes: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  let count: Int
}
