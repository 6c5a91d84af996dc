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

  @Test func theShellGetsItsQuotes() {
    var options = MachineOptions()
    options.kernelParameters = ["it's"]
    #expect(command(options, nil).shell(program: "qemu").hasSuffix(#"it'\''s'"#))
  }
}
