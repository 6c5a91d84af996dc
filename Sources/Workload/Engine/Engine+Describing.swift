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
  var recycled: Int { sum { $0.recycled } }

  /// Bytes that data is received into.
  var bufferBytes: Int { sum { $0.bufferRegion.count } }

  /// Bytes of the buffer rings.
  var ringBytes: Int { sum { $0.ringRegion.count } }

  /// Nanoseconds that the steps of the mode's set-up and tear-down took, over all groups.
  var setupTimes: SetupTimes {
    var total = SetupTimes()
    for index in 0..<shape.groups {
      let times = providers[index].setupTimes
      total.register += times.register
      total.mmap += times.mmap
      total.provide += times.provide
      total.unregister += times.unregister
    }
    return total
  }

  private func sum(_ part: (borrowing Provider) -> Int) -> Int {
    var total = 0
    for index in 0..<shape.groups { total += part(providers[index]) }
    return total
  }

  /// Puts all buffers out of the processor's caches.
  func evictBuffers() {
    for index in 0..<shape.groups { DataCaches.evict(providers[index].bufferRegion) }
  }

  /// Cancels the receives that still wait: some kernels let nothing be unregistered meanwhile.
  mutating func cancelReceives() {
    _ = ring.complete {
      io_uring_prep_cancel64($0, 0, Int32(IORING_ASYNC_CANCEL_ALL | IORING_ASYNC_CANCEL_ANY))
    }
  }

  /// Takes the mode's registrations back.
  mutating func unregister() throws(Reason) {
    for index in 0..<shape.groups { try providers[index].unregister(&ring) }
  }

  /// Where the kernel says that buffers and rings lie.
  func placement() throws(Reason) -> Placement {
    var placement = Placement(buffers: [:], ring: [:])
    do throws(SystemError) {
      for index in 0..<shape.groups {
        placement.buffers.merge(try Self.pages(of: providers[index].bufferRegion), uniquingKeysWith: +)
        placement.ring.merge(try Self.pages(of: providers[index].ringRegion), uniquingKeysWith: +)
      }
    } catch {
      throw Reason(.setup, error)
    }
    return placement
  }

  private static func pages(of region: UnsafeMutableRawBufferPointer) throws(SystemError) -> PagesPerNode {
    guard let base = region.baseAddress else { return [:] }
    return try PagePlacement.pagesPerNode(base: base, byteCount: region.count)
  }
}
