import Testing

@testable import HostFacts

@Suite struct CPUModelTests {
  @Test(arguments: [
    ("processor\t: 0\nmodel\t\t: 2\nmodel name\t: AMD EPYC\nmodel name\t: other\n", "AMD EPYC"),
    ("processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n", "implementer 0x41 part 0xd0c"),
    ("processor\t: 0\nCPU part\t: 0xd08\n\nHardware\t: BCM2835\nModel\t\t: Raspberry Pi 4\n", "Raspberry Pi 4"),
    ("processor\t: 0\ncpu\t\t: POWER9, altivec supported\n", "POWER9, altivec supported"),
    ("processor\t: 0\nuarch\t\t: sifive,u74-mc\n", "sifive,u74-mc"),
    ("no colon here\n", "unknown"), ("", "unknown"),
  ])
  func theNameIsFoundOnEveryArchitecture(cpuinfo: String, name: String) {
    #expect(CPUModel.name(cpuinfo: cpuinfo) == name)
  }
}
