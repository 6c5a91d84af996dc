import Base
import Glibc
package import HostFacts
import Instruments
package import Vocabulary

extension BufferShape {
  /// Maps the buffers on their node and touches every page, so that no fault falls into a timed region.
  package func mapBuffers() throws(Reason) -> MappedMemory {
    try map(byteCount)
  }

  /// Maps and touches memory of the shape's pages on its node.
  func map(_ byteCount: Int) throws(Reason) -> MappedMemory {
    do throws(SystemError) {
      let memory = try MappedMemory(byteCount: byteCount, node: node, pages: backing.pages)
      memory.touch()
      return memory
    } catch {
      throw Reason(.mmap, error, advice(error, byteCount))
    }
  }

  private func advice(_ error: SystemError, _ byteCount: Int) -> String {
    switch backing {
    case .huge:
      let pages = (byteCount + MappedMemory.hugePageSize - 1) / MappedMemory.hugePageSize
      return "\(pages) huge page\(pages == 1 ? "" : "s") on node \(node): reserve them with sysctl vm.nr_hugepages"
    case .transparent where error.errno == EINVAL: return "this kernel has no transparent huge pages"
    case .system, .small, .transparent: return "\(byteCount) bytes on node \(node)"
    }
  }
}

extension Backing {
  fileprivate var pages: MappedMemory.Pages {
    switch self {
    case .system: .system
    case .small: .small
    case .transparent: .transparent
    case .huge: .huge
    }
  }
}

extension MappedMemory {
  /// The whole mapping.
  package var region: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(start: base, count: byteCount) }
}

/// Runs a step of set-up and adds the nanoseconds it took to `total`.
func timed<Result: ~Copyable, Failure: Error>(
  _ total: inout UInt64, _ step: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let start = Clock.now()
  let result = try step()
  total += Clock.now() - start
  return result
}
