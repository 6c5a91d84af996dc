import Base
import CGuest
import Glibc

/// The device by which a guest pauses its machine.
struct PauseDevice {
  /// Between two readings of an emulated clock lie a few instructions. A saved machine whose clock jumped meanwhile would
  /// not give the digits of one that was never saved.
  private static let mostTicks = 8

  private var device = cguest_pause_device()

  /// - Throws: `cannotRun` where the kernel does not show the device.
  init() throws(RingbenchError) {
    guard cguest_open_pause_device(&device) == 0 else {
      throw RingbenchError.cannotRun("the kernel shows no PCI devices in /sys: CONFIG_PCI and CONFIG_SYSFS are needed")
    }
  }

  /// Pauses the machine, again while its clock jumped. QEMU 7.2 sometimes lets the clock jump to the next timer before it
  /// notices that the machine is paused.
  func pause() {
    withUnsafePointer(to: device) { device in
      while cguest_pause_machine(device) > Self.mostTicks {}
    }
  }
}
