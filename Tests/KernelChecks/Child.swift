import Glibc

/// Runs this program again, in a process of its own.
enum Child {
  /// How a process ended.
  enum End: Equatable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// Starts the part of a check that runs in a process of its own.
  static func start(_ part: String, _ arguments: [String] = []) throws -> pid_t {
    var words = (["/proc/self/exe", "child", part] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let result = posix_spawn(&process, "/proc/self/exe", nil, nil, &words, environ)
    guard result == 0 else { throw CheckFailure("posix_spawn: \(Outcome.failure(result))") }
    return process
  }

  static func wait(_ process: pid_t) -> End {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F)
  }

  /// Runs a part to its end. Its exit status has to be 0.
  static func run(_ part: String, _ arguments: [String] = []) throws {
    try expect("child \(part)", wait(try start(part, arguments)), .exited(0))
  }
}
