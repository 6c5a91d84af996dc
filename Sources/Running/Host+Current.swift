import Documents
import HostFacts
import Uring

extension Host {
  /// This machine and its kernel.
  static func current() -> Host {
    HostInformation.collect(
      nodes: Nodes.available(), liburingVersion: Ring.libraryVersion,
      kernelManagedExtension: KernelManagedProbe.extensionName())
  }
}
