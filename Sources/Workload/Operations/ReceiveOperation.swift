import Uring

/// How a receive is asked for on one kind of file: what the submission queue entry says apart from its buffer.
protocol ReceiveOperation {
  /// Whether one request completes many times.
  static var isMultishot: Bool { get }
  /// Whether one completion may span several buffers.
  static var spansBuffers: Bool { get }
  /// Whether a request names its position in the file.
  static var isPositioned: Bool { get }

  /// Fills in an entry, all but buffer and user data.
  static func prepare(_ entry: Submission, descriptor: Int32, offset: UInt64)
}

extension ReceiveOperation {
  static var isMultishot: Bool { false }
  static var spansBuffers: Bool { false }
  static var isPositioned: Bool { false }
}
