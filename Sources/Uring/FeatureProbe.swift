package import Base
import CUring
import Glibc

/// Asks the running kernel what it offers. Nothing is inferred from a version: fixes and features reach point releases.
package enum FeatureProbe {
  /// Every answer, by kind.
  ///
  /// - Throws: the errno of `io_uring_setup(2)` when there is no io_uring for this process.
  package static func all() throws(SystemError) -> [Feature] {
    var ring = try Ring(entries: 4, completions: 8)
    let all = setupFlags() + featureBits() + opcodes(&ring) + RegistrationProbe.all(&ring)
    return Feature.Kind.allCases.flatMap { kind in all.filter { $0.kind == kind } }
  }

  // MARK: io_uring_setup

  private static func setupFlags() -> [Feature] {
    let single = UInt32(IORING_SETUP_SINGLE_ISSUER)
    // The kernel takes some flags only together with another.
    let flags: [(String, String, UInt32)] = [
      ("CQSIZE", "5.5", UInt32(IORING_SETUP_CQSIZE)), ("CLAMP", "5.6", UInt32(IORING_SETUP_CLAMP)),
      ("SUBMIT_ALL", "5.18", UInt32(IORING_SETUP_SUBMIT_ALL)),
      ("COOP_TASKRUN", "5.19", UInt32(IORING_SETUP_COOP_TASKRUN)), ("SINGLE_ISSUER", "6.0", single),
      ("DEFER_TASKRUN", "6.1", single | UInt32(IORING_SETUP_DEFER_TASKRUN)),
      ("NO_SQARRAY", "6.6", UInt32(CURING_SETUP_NO_SQARRAY)),
    ]
    return flags.map { name, since, flags in Feature(.setup, name, since: since, result: setup(flags).result) }
  }

  private static func featureBits() -> [Feature] {
    let bits = setup(0).features
    return [
      Feature(.feature, "FAST_POLL", since: "5.7", isSet: bits & UInt32(IORING_FEAT_FAST_POLL) != 0),
      Feature(.feature, "CQE_SKIP", since: "5.17", isSet: bits & UInt32(IORING_FEAT_CQE_SKIP) != 0),
      Feature(
        .feature, "RECVSEND_BUNDLE", since: "6.10", isSet: bits & UInt32(CURING_FEAT_RECVSEND_BUNDLE) != 0),
    ]
  }

  /// Creates a ring and closes it at once. The result is 0 or the negated errno.
  private static func setup(_ flags: UInt32) -> (result: Int32, features: UInt32) {
    var params = io_uring_params()
    params.flags = flags
    params.cq_entries = 8
    let descriptor = io_uring_setup(4, &params)
    guard descriptor >= 0 else { return (descriptor, 0) }
    close(descriptor)
    return (0, params.features)
  }

  // MARK: IORING_REGISTER_PROBE

  /// The requests that ringbench makes.
  private static let requests: [(String, String, io_uring_op)] = [
    ("READV", "5.1", IORING_OP_READV), ("READ_FIXED", "5.1", IORING_OP_READ_FIXED),
    ("RECVMSG", "5.3", IORING_OP_RECVMSG), ("READ", "5.6", IORING_OP_READ), ("WRITE", "5.6", IORING_OP_WRITE),
    ("SEND", "5.6", IORING_OP_SEND), ("RECV", "5.6", IORING_OP_RECV),
    ("PROVIDE_BUFFERS", "5.7", IORING_OP_PROVIDE_BUFFERS), ("REMOVE_BUFFERS", "5.7", IORING_OP_REMOVE_BUFFERS),
    ("READ_MULTISHOT", "6.7", io_uring_op(rawValue: UInt32(CURING_OP_READ_MULTISHOT))),
  ]

  private static func opcodes(_ ring: inout Ring) -> [Feature] {
    let count = 256
    let size = MemoryLayout<io_uring_probe>.size + count * MemoryLayout<io_uring_probe_op>.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: MemoryLayout<io_uring_probe>.alignment)
    defer { memory.deallocate() }
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    let probe = memory.assumingMemoryBound(to: io_uring_probe.self)
    let result = io_uring_register_probe(ring.handle, probe, UInt32(count))
    return [Feature(.register, "PROBE", since: "5.6", result: result)]
      + requests.map { name, since, request in
        guard result >= 0 else { return Feature(.opcode, name, since: since, result: result) }
        let isSet = io_uring_opcode_supported(probe, Int32(request.rawValue)) != 0
        return Feature(.opcode, name, since: since, isSet: isSet)
      }
  }
}
