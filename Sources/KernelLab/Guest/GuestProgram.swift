import Base
import FoundationEssentials
import Glibc

/// A program that runs in the guest. Its output goes to the host.
struct GuestProgram: ~Copyable {
  /// How long to wait for output before checking whether the program has ended.
  private static let pollMilliseconds: Int32 = 20

  private let process: pid_t
  private let streams: [(stream: ProgramOutput.Stream, descriptor: Int32)]

  /// Starts the program with an empty standard input.
  ///
  /// - Throws: the positive errno of `posix_spawn(3)` or `pipe(2)`.
  init(path: String, arguments: [String]) throws(SystemError) {
    let (output, error) = (try Self.pipe(), try Self.pipe())
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.write, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, error.write, STDERR_FILENO)
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let result = posix_spawn(&process, path, &actions, nil, &words, environ)
    close(output.write)
    close(error.write)
    guard result == 0 else { throw SystemError(call: "posix_spawn", errno: result) }
    self.process = process
    streams = [(.output, output.read), (.error, error.read)]
  }

  deinit { for (_, descriptor) in streams { close(descriptor) } }

  /// Passes the output on until the program has ended and all its output is read. As process 1, also reaps orphans.
  func follow(_ pass: (ProgramOutput) throws -> Void) throws -> ProgramEnd {
    var end: ProgramEnd?
    while true {
      let isQuiet = try !passOn(pass)
      if let end, isQuiet { return end }
      end = collect() ?? end
    }
  }

  /// Reads both streams once. Returns whether there was any output.
  private func passOn(_ pass: (ProgramOutput) throws -> Void) throws -> Bool {
    var polls = streams.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    guard poll(&polls, nfds_t(polls.count), Self.pollMilliseconds) > 0 else { return false }
    var block = [UInt8](repeating: 0, count: 1 << 14)
    var hasData = false
    for (poll, stream) in zip(polls, streams) where poll.revents & Int16(POLLIN) != 0 {
      let count = read(stream.descriptor, &block, block.count)
      guard count > 0 else { continue }
      hasData = true
      try pass(ProgramOutput(stream: stream.stream, bytes: Data(block[..<count])))
    }
    // poll(2) does not wait when a stream is closed.
    if !hasData { usleep(useconds_t(Self.pollMilliseconds) * 1000) }
    return hasData
  }

  /// Reaps every process that has ended. Returns how the program ended if it is among them.
  private func collect() -> ProgramEnd? {
    var end: ProgramEnd?
    var status: Int32 = 0
    while case let ended = waitpid(-1, &status, WNOHANG), ended > 0 {
      if ended == process { end = ProgramEnd(waitStatus: status) }
    }
    return end
  }

  /// A pipe that the program inherits only as its standard streams.
  private static func pipe() throws(SystemError) -> (read: Int32, write: Int32) {
    var descriptors: [Int32] = [-1, -1]
    guard Glibc.pipe(&descriptors) == 0 else { throw SystemError(call: "pipe", errno: errno) }
    for descriptor in descriptors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    return (descriptors[0], descriptors[1])
  }
}
