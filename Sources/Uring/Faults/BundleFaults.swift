import Glibc

/// Faults of bundled receives.
enum BundleFaults {
  /// A bundled receive of one byte finds nothing. A read through the same group must still get a whole buffer.
  static func shrinksBuffer() -> Bool? {
    guard var trial = FaultTrial(flags: 0), trial.hasBundles,
      let idle = FaultEnds(sockets: Int32(SOCK_DGRAM.rawValue)), let pipe = FaultEnds(pipe: ()),
      trial.receive(idle.ends[0], length: 1, bundle: true)?.result == -EAGAIN, pipe.send(FaultTrial.bufferSize),
      let read = trial.read(pipe.ends[0], length: FaultTrial.bufferSize), read.result > 0
    else { return nil }
    return read.result < FaultTrial.bufferSize
  }
}
