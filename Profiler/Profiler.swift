/// The source of the QEMU plugin, embedded in the executable.
package enum Profiler {
  package static var source: [UInt8] { PackageResources.profiler_c }
}
