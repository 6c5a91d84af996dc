import Base
import BufferModes
import CUring
import Documents
import HostFacts
import Uring
import Vocabulary

extension Engine: ReceivingEngine where Provider: ~Copyable {
  /// A ring with `IORING_SETUP_DEFER_TASKRUN` works on woken receives only in the worker's next `io_uring_enter(2)`.
  func requireDeferredWork() throws(Reason) {
    guard !ring.defersTaskRun else { return }
    throw Reason(
      stage: .setup,
      message: "needs IORING_SETUP_DEFER_TASKRUN (Linux 6.1): without it the kernel receives while the sender sends")
  }

  var ringFlags: [String] { ring.flagNames }

  /// Buffers handed back so far.
  var recycled: Int { provider.recycled }

  /// Bytes that data is received into.
  var bufferBytes: Int { provider.bufferRegions.reduce(0) { $0 + $1.count } }

  /// Bytes of the buffer rings.
  var ringBytes: Int { provider.ringRegions.reduce(0) { $0 + $1.count } }

  /// Nanoseconds that the steps of the mode's set-up and tear-down took.
  var setupTimes: SetupTimes { provider.setupTimes }

  /// Puts all buffers out of the processor's caches.
  func evictBuffers() {
    for region in provider.bufferRegions { DataCaches.evict(region) }
  }

  /// Cancels the receives that still wait: some kernels let nothing be unregistered meanwhile.
  mutating func cancelReceives() {
    _ = ring.complete {
      io_uring_prep_cancel64($0, 0, Int32(IORING_ASYNC_CANCEL_ALL | IORING_ASYNC_CANCEL_ANY))
    }
  }

  /// Takes the mode's registrations back.
  mutating func unregister() throws(Reason) {
    try provider.unregister(&ring)
  }

  /// Where the kernel says that buffers and rings lie.
  func placement() throws(Reason) -> Placement {
    do throws(SystemError) {
      return Placement(
        buffers: try Self.pages(of: provider.bufferRegions), ring: try Self.pages(of: provider.ringRegions))
    } catch {
      throw Reason(.setup, error)
    }
  }

  private static func pages(of regions: [UnsafeMutableRawBufferPointer]) throws(SystemError) -> PagesPerNode {
    var pages: PagesPerNode = [:]
    for region in regions {
      guard let base = region.baseAddress else { continue }
      pages.merge(try PagePlacement.pagesPerNode(base: base, byteCount: region.count), uniquingKeysWith: +)
    }
    return pages
  }
}
