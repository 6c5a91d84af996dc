import Base
import BufferModes
import CUring
import Glibc
import Uring

/// Puts the kernel's allocators into a state of its own before a trial, the same one for the same number.
///
/// The instructions of a receive depend on where the allocator's free lists and pages stand when the trial begins. A
/// single trial in a deterministic machine therefore shows one draw. Trials in several states show the range.
///
/// Allocates what a process before might have used, sockets with messages, pipes with data, pages and provided buffers, and
/// gives it back in random order. So free lists begin elsewhere and in another order, as they do after other work, but
/// nothing is scarcer than on a fresh system: with half of it held back, every receive took up to 4 % more, in ways that
/// say more about the holes than about the mode.
struct AllocatorState: ~Copyable {
  /// The most of each kind. A page has 64 objects of the smallest size that a receive uses.
  private static let most = 64
  private static let pageSize = 4096

  private var random: SplitMix64
  private var descriptors: [Int32] = []
  private var regions: [UnsafeMutableRawPointer] = []
  private var ring: Ring?

  /// - Parameter number: which state. What can't be allocated is left out, as it would be the next time.
  init(_ number: UInt64) {
    random = SplitMix64(seed: number)
    for _ in 0..<Int.random(in: 1...Self.most / 4, using: &random) { openSockets() }
    for _ in 0..<Int.random(in: 1...Self.most / 8, using: &random) { openPipe() }
    for _ in 0..<Int.random(in: 1...Self.most, using: &random) { mapPages() }
    ring = try? Ring(entries: 8, completions: 16)
    provideBuffers()
    giveBack()
    ring = nil
  }

  /// A pair of sockets with some messages of random sizes between them.
  private mutating func openSockets() {
    var pair: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &pair) == 0 else {
      return
    }
    descriptors += pair
    let message = [UInt8](repeating: 0, count: Self.pageSize)
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      _ = send(pair[0], message, Int.random(in: 1...message.count, using: &random), Int32(MSG_DONTWAIT))
    }
  }

  private mutating func openPipe() {
    var pair: [Int32] = [-1, -1]
    guard pipe(&pair) == 0 else { return }
    descriptors += pair
    let data = [UInt8](repeating: 0, count: Self.pageSize)
    for _ in 0..<Int.random(in: 0...8, using: &random) { _ = write(pair[1], data, data.count) }
  }

  private mutating func mapPages() {
    let protection = PROT_READ | PROT_WRITE
    guard let region = mmap(nil, Self.pageSize, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), region != MAP_FAILED
    else { return }
    region.storeBytes(of: 1, as: UInt8.self)
    regions.append(region)
  }

  /// Legacy buffers, of which the kernel keeps an object each. Their memory is never used.
  private mutating func provideBuffers() {
    let count = Int32(Int.random(in: 1...Self.most, using: &random))
    let address = UnsafeMutableRawPointer(bitPattern: Self.pageSize)
    _ = ring?.complete { io_uring_prep_provide_buffers($0, address, 64, count, 0, 0) }
    let back = Int32(Int.random(in: 0...Int(count), using: &random))
    if back > 0 { _ = ring?.complete { io_uring_prep_remove_buffers($0, back, 0) } }
  }

  private mutating func giveBack() {
    for descriptor in descriptors.shuffled(using: &random) { close(descriptor) }
    for region in regions.shuffled(using: &random) { munmap(region, Self.pageSize) }
  }
}
