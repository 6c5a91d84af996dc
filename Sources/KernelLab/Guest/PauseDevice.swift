import Base
import CGuest
import Glibc

/// The device by which a guest pauses its machine.
struct PauseDevice {
  private var device = cguest_pause_device()

  /// - Throws: `cannotRun` where the kernel does not show the device.
  init() throws(RingbenchError) {
    guard cguest_open_pause_device(&device) == 0 else {
      throw RingbenchError.cannotRun("the kernel shows no PCI devices in /sys: CONFIG_PCI and CONFIG_SYSFS are needed")
    }
  }

  /// Pauses the machine.
  ///
  /// - Returns: by how many nanoseconds its clock jumped meanwhile; 0 where it stood still. QEMU may let it jump to the
  ///   next timer before it notices that the machine is paused.
  func pause() -> Int {
    withUnsafePointer(to: device) { device in
      // An interrupt may fall into one rehearsal.
      let usual = (0..<8).map { _ in cguest_pause_machine(device, true) }.min() ?? 0
      return Int(bitPattern: UInt(cguest_pause_machine(device, false) &- usual))
    }
  }
}
