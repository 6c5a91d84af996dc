import TestSupport
import Testing

@testable import Driver

@Suite struct DisturbanceTests {
  @Test func stolenTimeDisturbs() {
    let disturbance = Disturbance()
    #expect(disturbance.words(for: Sample.measurements(steal: 0.05)) == nil)
    #expect(disturbance.words(for: Sample.measurements(steal: 0.07)) == "7.0 % of the CPU time was stolen")
  }

  @Test func aSlowerCoreDisturbs() {
    var disturbance = Disturbance()
    disturbance.learn(from: Sample.measurements(systemCallNs: 0.3))
    #expect(disturbance.words(for: Sample.measurements(systemCallNs: 0.3)) == nil)
    disturbance.learn(from: Sample.measurements(systemCallNs: 0.25))
    #expect(disturbance.words(for: Sample.measurements(systemCallNs: 0.26)) == nil)
    #expect(disturbance.words(for: Sample.measurements(systemCallNs: 0.3125)) == "the core ran at 80 % of its speed")
  }

  @Test func howFastAnOperationWasIsNoDisturbance() {
    var disturbance = Disturbance()
    disturbance.learn(from: Sample.measurements(ns: 100))
    #expect(disturbance.words(for: Sample.measurements(ns: 100_000)) == nil)
  }
}
