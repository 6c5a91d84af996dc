import Documents
import TestSupport
import Testing
import Vocabulary

@testable import Running

@Suite struct DisturbanceTests {
  @Test func stolenTimeDisturbs() {
    let disturbance = Disturbance()
    #expect(disturbance.words(for: Sample.measurements(steal: 0.05)) == nil)
    #expect(disturbance.words(for: Sample.measurements(steal: 0.07)) == "7.0 % of the CPU time was stolen")
  }

  @Test func aSlowerCoreDisturbs() {
    var disturbance = Disturbance()
    disturbance.learn(from: Sample.measurements(syscallNs: 0.3))
    #expect(disturbance.words(for: Sample.measurements(syscallNs: 0.3)) == nil)
    disturbance.learn(from: Sample.measurements(syscallNs: 0.25))
    #expect(disturbance.words(for: Sample.measurements(syscallNs: 0.26)) == nil)
    #expect(disturbance.words(for: Sample.measurements(syscallNs: 0.3125)) == "the core ran at 80 % of its speed")
  }

  @Test func aSlowerClockDisturbs() {
    var disturbance = Disturbance()
    disturbance.learn(from: Sample.measurements(computeNs: 1.2))
    #expect(disturbance.words(for: Sample.measurements(computeNs: 1.24)) == nil)
    #expect(
      disturbance.words(for: Sample.measurements(computeNs: 1.5)) == "the core's clock ran at 80 % of its speed")
    #expect(disturbance.words(for: Sample.measurements(computeNs: nil)) == nil)
  }

  @Test func anotherCPUDisturbs() {
    var measurements = Sample.measurements()
    measurements[.plannedCPU] = 1
    #expect(Disturbance().words(for: measurements) == "the worker was moved from CPU 1 to CPU 0")
  }

  @Test func heatDisturbs() {
    var measurements = Sample.measurements()
    measurements[.throttleEvents] = 0
    #expect(Disturbance().words(for: measurements) == nil)
    measurements[.throttleEvents] = 2
    #expect(Disturbance().words(for: measurements) == "the core was slowed by its heat")
  }

  @Test func waitingForACPUDisturbs() {
    var measured = Sample.measurements()
    (measured[.cpu], measured[.plannedCPU], measured[.peerCPU]) = (1, 1, 0)
    (measured[.elapsedNs], measured[.cpuWaitNs]) = (1_000_000, 100_000)
    #expect(Disturbance().words(for: measured) == nil)
    measured[.cpuWaitNs] = 600_000
    #expect(Disturbance().words(for: measured) == "sender and receiver waited for a CPU for 60 % of the time")
    // On one CPU they have to.
    measured[.peerCPU] = 1
    #expect(Disturbance().words(for: measured) == nil)
  }

  @Test func howFastAnOperationWasIsNoDisturbance() {
    var disturbance = Disturbance()
    disturbance.learn(from: Sample.measurements(ns: 100))
    #expect(disturbance.words(for: Sample.measurements(ns: 100_000)) == nil)
  }

  /// While nearly every trial is disturbed, none is asked to go on for a faster core.
  @Test func aHopelessMachineIsNotWaitedFor() {
    var disturbance = Disturbance()
    disturbance.learn(from: Sample.measurements(syscallNs: 0.3))
    for _ in 0..<63 { disturbance.note(disturbed: true) }
    #expect(disturbance.undisturbedSyscallNs != nil)
    disturbance.note(disturbed: true)
    #expect(disturbance.undisturbedSyscallNs == nil)
    for _ in 0..<16 { disturbance.note(disturbed: false) }
    #expect(disturbance.undisturbedSyscallNs != nil)
  }
}
