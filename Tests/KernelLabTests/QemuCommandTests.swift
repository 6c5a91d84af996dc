import Testing

@testable import KernelLab

@Suite struct QemuCommandTests {
  private func command(_ options: MachineOptions, _ accelerator: Accelerator? = .tcg) -> QemuCommand {
    QemuCommand(
      options, accelerator: accelerator, image: "bzImage", initramfs: "initramfs", console: "console",
      channel: "channel")
  }

  private func values(_ option: String, _ arguments: [String]) -> [String] {
    zip(arguments, arguments.dropFirst()).filter { $0.0 == option }.map(\.1)
  }

  @Test func nodesShareCPUsAndMemory() {
    var options = MachineOptions()
    options.nodes = 3
    options.cpus = 4
    options.memory = 3 << 28
    options.distance = 31
    let arguments = command(options).arguments
    let numa = values("-numa", arguments)
    #expect(
      numa.prefix(3) == [
        "node,nodeid=0,memdev=memory0,cpus=0-1", "node,nodeid=1,memdev=memory1,cpus=2-2",
        "node,nodeid=2,memdev=memory2,cpus=3-3",
      ])
    #expect(numa.count == 3 + 6)
    #expect(numa.contains("dist,src=0,dst=2,val=31"))
    #expect(values("-object", arguments).allSatisfy { $0.hasSuffix(",size=256M") })
    #expect(values("-m", arguments) == ["768M"])
    #expect(values("-smp", arguments) == ["4,sockets=4,cores=1,threads=1"])
  }

  @Test func aDeterministicMachineHasNothingThatVaries() {
    var options = MachineOptions()
    options.isDeterministic = true
    let arguments = command(options).arguments
    #expect(values("-icount", arguments) == ["shift=0,sleep=off"])
    #expect(values("-smp", arguments) == ["1,sockets=1,cores=1,threads=1"])
    #expect(values("-rtc", arguments) == ["base=2000-01-01,clock=vm"])
    #expect(values("-cpu", arguments).allSatisfy { $0.contains("+erms") })
    #expect(values("-append", arguments)[0].contains("ringbench.deterministic=1"))
    #expect(values("-device", arguments).isEmpty)
  }

  /// Where everything lies in a guest's memory depends on the length of the command line.
  @Test(arguments: ["", "a", "quiet ringbench.note=abc", String(repeating: "y", count: 700)])
  func theCommandLineOfADeterministicMachineHasOneLength(parameter: String) {
    var options = MachineOptions()
    options.isDeterministic = true
    options.kernelParameters = parameter.isEmpty ? [] : [parameter]
    let line = values("-append", command(options).arguments)[0]
    #expect(line.utf8.count == 1024)
    #expect(line.contains(" ringbench.padding=x"))
  }

  @Test func aSavedMachineHasItsDevices() {
    var options = MachineOptions()
    options.isDeterministic = true
    func arguments(_ isIncoming: Bool) -> [String] {
      QemuCommand(
        options, accelerator: .tcg, image: "i", initramfs: "r", console: "c", channel: "d",
        saving: .init(memory: "/a,b", control: "/s", isIncoming: isIncoming)
      ).arguments
    }
    #expect(values("-machine", arguments(false)) == ["pc,memory-backend=memory,hpet=off"])
    #expect(values("-object", arguments(false)) == ["memory-backend-file,id=memory,size=512M,mem-path=/a,,b,share=on"])
    #expect(values("-object", arguments(true)) == ["memory-backend-file,id=memory,size=512M,mem-path=/a,,b,share=off"])
    #expect(values("-incoming", arguments(true)) == ["defer"])
    #expect(values("-device", arguments(true)) == ["pvpanic-pci"])
  }

  @Test func aTranslatedMachineSaysWhatItsClockCounts() {
    let options = MachineOptions()
    #expect(values("-append", command(options, .tcg).arguments)[0].contains("ringbench.clock=instructions"))
    #expect(!values("-append", command(options, .kvm).arguments)[0].contains("ringbench.clock"))
  }

  @Test func theShellGetsItsQuotes() {
    var options = MachineOptions()
    options.kernelParameters = ["it's"]
    #expect(command(options, nil).shell(program: "qemu").hasSuffix(#"it'\''s'"#))
  }
}
