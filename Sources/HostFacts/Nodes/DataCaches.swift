import CLinux

/// The processor's data caches.
package enum DataCaches {
  /// Puts memory out of all of them, so that the next access finds it in main memory.
  package static func evict(_ region: UnsafeMutableRawBufferPointer) {
    if let base = region.baseAddress { clinux_evict(base, region.count) }
  }
}
