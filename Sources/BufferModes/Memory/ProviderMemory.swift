import Base
package import HostFacts
import Instruments
package import Vocabulary

extension BufferShape {
  /// Maps the buffers on their node and touches every page, so that no fault falls into a timed region.
  package func mapBuffers() throws(Reason) -> MappedMemory {
    try Self.map(byteCount, node: node)
  }

  /// Maps and touches memory on a node.
  static func map(_ byteCount: Int, node: Int) throws(Reason) -> MappedMemory {
    do throws(SystemError) {
      let memory = try MappedMemory(byteCount: byteCount, node: node)
      memory.touch()
      return memory
    } catch {
      throw Reason(.mmap, error, "\(byteCount) bytes on node \(node)")
    }
  }
}

extension MappedMemory {
  /// The whole mapping.
  var region: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(start: base, count: byteCount) }
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
