import CUring
import Glibc

/// Faults of buffers that are consumed incrementally.
enum IncrementalFaults {
  private static let length = 64
  private static let incremental = Int32(CURING_PBUF_RING_INC)

  /// The first read of a file has to begin where the buffer begins.
  static func fileAddress() -> Bool? {
    guard var trial = FaultTrial(flags: incremental), let file = file(),
      trial.read(file.descriptor, length: length)?.result == Int32(length)
    else { return nil }
    return trial.buffer.prefix(length).contains { $0 != 1 }
  }

  /// A read of a part of the buffer has to say that there is more of it.
  static func fileFlag() -> Bool? {
    guard var trial = FaultTrial(flags: incremental), let file = file(),
      let read = trial.read(file.descriptor, length: length), read.result == Int32(length)
    else { return nil }
    return !read.keepsBuffer
  }

  /// The end of a stream takes nothing of a buffer. Where it names one, it has to say that there is more of it.
  static func endFlag() -> Bool? {
    guard var trial = FaultTrial(flags: incremental),
      var stream = FaultEnds(sockets: Int32(SOCK_STREAM.rawValue)), stream.send(length),
      trial.receive(stream.ends[0], length: 0)?.result == Int32(length)
    else { return nil }
    stream.closeSender()
    guard let end = trial.receive(stream.ends[0], length: 0), end.result == 0 else { return nil }
    return end.hasBuffer && !end.keepsBuffer
  }

  /// A read that asks for more than the file has fills 64 bytes. The next one has to begin right behind them.
  static func shortRead() -> Bool? {
    guard var trial = FaultTrial(flags: incremental), let file = file(),
      trial.read(file.descriptor, length: 2 * length)?.result == Int32(length),
      trial.read(file.descriptor, length: length)?.result == Int32(length)
    else { return nil }
    return trial.buffer.prefix(2 * length).contains { $0 != 1 }
  }

  /// A file in memory of 64 bytes that are all 1.
  private static func file() -> FaultFile? { FaultFile(length) }
}

/// A file in memory that is closed again. Its bytes are all 1.
private struct FaultFile: ~Copyable {
  let descriptor: Int32

  init?(_ count: Int) {
    let descriptor = curing_memory_file()
    guard descriptor >= 0 else { return nil }
    guard write(descriptor, [UInt8](repeating: 1, count: count), count) == count else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}
