import Uring

/// How to ask for a receive on one kind of file: everything in the submission queue entry but its buffer.
protocol ReceiveOperation {
  /// Whether one request completes many times.
  static var isMultishot: Bool { get }
  /// Whether one completion may span several buffers.
  static var spansBuffers: Bool { get }
  /// Whether a request names its position in the file.
  static var isPositioned: Bool { get }

  /// Fills in an entry except for buffer and user data.
  static func prepare(_ entry: Submission, descriptor: Int32, offset: UInt64)
}

extension ReceiveOperation {
  static var isMultishot: Bool { false }
  static var spansBuffers: Bool { false }
  static var isPositioned: Bool { false }
}
