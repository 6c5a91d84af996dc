import Documents
import HostFacts
import Uring

extension Host {
  /// This machine and its kernel.
  static func current() -> Host {
    HostInformation.collect(
      nodes: Nodes.available(), liburingVersion: Ring.libraryVersion,
      kernelManagedExtension: KernelManagedProbe.extensionName(),
      knownFaults: KnownFault.found().map { KernelFault(name: $0.name, summary: $0.summary, fix: $0.fix) })
  }
}
