import Glibc

/// Runs work on a thread of its own, so that pinning and memory policy end with it.
func onOwnThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) throws -> Value {
  let outcome = Outcome<Value>()
  let body = Unmanaged.passRetained(Body { outcome.result = Result(catching: work) })
  var thread = pthread_t()
  let failure = pthread_create(
    &thread, nil,
    { body in
      Unmanaged<Body>.fromOpaque(body!).takeRetainedValue().run()
      return nil
    }, body.toOpaque())
  precondition(failure == 0, "no thread")
  pthread_join(thread, nil)
  return try outcome.result!.get()
}

/// Written by the thread, read after it was joined.
private final class Outcome<Value: Sendable> {
  var result: Result<Value, any Error>?
}

/// What a thread runs: a C function pointer can't hold it.
private final class Body {
  let run: () -> Void
  init(_ run: @escaping () -> Void) { self.run = run }
}
