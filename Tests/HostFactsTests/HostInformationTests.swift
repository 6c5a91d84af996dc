import Documents
import Glibc
import Testing

@testable import HostFacts

@Suite struct HostInformationTests {
  private let host = HostInformation.collect(
    nodes: [], liburingVersion: "2.3", kernelManagedExtension: nil, knownFaults: [])

  @Test func itIsThisKernel() throws {
    #expect(host.kernelRelease == SmallFile.trimmed("/proc/sys/kernel/osrelease"))
    #expect(host.kernelVersion == SmallFile.trimmed("/proc/sys/kernel/version"))
    #expect(host.kernelCommandLine == SmallFile.trimmed("/proc/cmdline"))
    #expect(!host.machine.isEmpty && !host.cpuModel.isEmpty && !host.virtualization.isEmpty)
    #expect(host.cpus == sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    #expect(host.memlockBytes == Int(exactly: Rlimit.memlock))
    #expect(host.liburingVersion == "2.3")
  }

  @Test(.enabled(if: access("/sys/devices/system/cpu/vulnerabilities", R_OK) == 0, "no /sys here"))
  func mitigationsAreTheKernelsWords() {
    #expect(host.mitigations["meltdown"] == SmallFile.trimmed("/sys/devices/system/cpu/vulnerabilities/meltdown"))
    #expect(host.mitigations.count == SmallFile.names(in: "/sys/devices/system/cpu/vulnerabilities").count)
  }

  @Test(arguments: [
    ("root=/dev/vda ringbench.deterministic=1 quiet", true), ("ringbench.deterministic=1", true),
    ("ringbench.deterministic=10", false), ("xringbench.deterministic=1", false), ("", false),
  ])
  func determinismIsAWordOfTheCommandLine(commandLine: String, deterministic: Bool) {
    #expect(HostInformation.isDeterministic(commandLine: commandLine) == deterministic)
  }

  @Test(arguments: [("always [madvise] never\n", "madvise"), ("always madvise [never]", "never"), ("", nil)])
  func theChosenWordIsInBrackets(choices: String, word: String?) {
    #expect(HostInformation.chosenWord(choices) == word)
  }
}
