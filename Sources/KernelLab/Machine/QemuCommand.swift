import Base

/// The command line of QEMU for a machine.
struct QemuCommand: Sendable {
  let options: MachineOptions
  let accelerator: [String]
  private let isTranslated: Bool
  let image: String
  let initramfs: String
  let console: String
  let channel: String
  /// Nil for a machine that is neither saved nor goes on from a saved state.
  let saving: Saving?
  /// The arguments that load a plugin. They don't change the machine.
  var plugin: [String] = []

  /// The devices by which a machine is saved, and the files behind them.
  struct Saving: Sendable {
    /// The guest's memory.
    var memory: String
    /// The socket by which QEMU is controlled.
    var control: String
    /// Whether the machine waits for a saved state. It then keeps its changes of the memory to itself.
    var isIncoming: Bool
  }

  /// A CPU that every QEMU translates well. It claims fast string moves, as today's processors do. Its `rdrand` is
  /// QEMU's own generator, which `-seed` fixes.
  ///
  /// It is not `max`: with all the features that QEMU 7.2 claims to have, kernels sometimes fail their own cryptography
  /// tests.
  private static let translatedCPU = "qemu64,+ssse3,+sse4.1,+sse4.2,+popcnt,+erms,+rdrand"

  /// One thread for all CPUs, and a clock that counts instructions: one virtual nanosecond each. Idle time passes at
  /// once. This is repeatable. It is also the only way in which QEMU 7.2 emulates several CPUs reliably: with real time
  /// it sometimes corrupts a kernel's flags.
  private static let translator = [
    "-accel", "tcg,thread=single", "-icount", "shift=0,sleep=off", "-cpu", translatedCPU,
  ]

  init(
    _ options: MachineOptions, accelerator: Accelerator?, image: String, initramfs: String, console: String,
    channel: String, saving: Saving? = nil
  ) {
    self.options = options
    self.saving = saving
    self.image = image
    self.initramfs = initramfs
    self.console = console
    self.channel = channel
    self.accelerator = Self.acceleration(options, accelerator)
    isTranslated = accelerator == .tcg
  }

  var arguments: [String] {
    let files = ["-kernel", image, "-initrd", initramfs, "-append", kernelParameters.joined(separator: " ")]
    let lines = ["-serial", "file:\(console)", "-serial", "file:\(channel)"]
    let rest = ["-nodefaults", "-no-user-config", "-no-reboot", "-display", "none"]
    // A saved HPET would keep a clock of its own.
    let machine = saving == nil ? "pc" : "pc,memory-backend=memory,hpet=off"
    return ["-machine", machine] + accelerator + ["-smp", processors, "-m", "\(options.megabytes)M"] + nodes
      + rest + lines + disk + devices + files + plugin
  }

  /// What a saved machine has in addition.
  private var devices: [String] {
    guard let saving else { return [] }
    let memory = "id=memory,size=\(options.megabytes)M,mem-path=\(Self.doubled(saving.memory))"
    return [
      "-object", "memory-backend-file,\(memory),share=\(saving.isIncoming ? "off" : "on")",
      "-device", "pvpanic-pci", "-action", "panic=pause",
      "-qmp", "unix:\(Self.doubled(saving.control)),server=on,wait=off",
    ] + (saving.isIncoming ? ["-incoming", "defer"] : [])
  }

  /// In QEMU's options one comma ends a name, and two commas stand for a comma.
  private static func doubled(_ path: String) -> String { path.replacing(",", with: ",,") }

  private var disk: [String] {
    guard let disk = options.disk else { return [] }
    let limit = disk.operationsPerSecond.map { ",throttling.iops-total=\($0)" } ?? ""
    return ["-drive", "file=\(Self.doubled(disk.path)),format=raw,if=virtio,snapshot=on\(limit)"]
  }

  /// The command for a shell.
  func shell(program: String) -> String { ShellWords.joined([program] + arguments) }

  /// Nil leaves the choice to QEMU, which uses the first accelerator that starts.
  private static func acceleration(_ options: MachineOptions, _ choice: Accelerator?) -> [String] {
    if options.isDeterministic { return translator + ["-seed", "1", "-rtc", "base=2000-01-01,clock=vm"] }
    switch choice {
    case .kvm: return ["-accel", "kvm", "-cpu", "host"]
    case .tcg: return translator
    case nil: return ["-accel", "kvm", "-accel", "tcg", "-cpu", "max"]
    }
  }

  /// Each CPU has a socket of its own: for a kernel it is a fault when CPUs of one socket are on two nodes.
  private var processors: String { "\(options.cpuCount),sockets=\(options.cpuCount),cores=1,threads=1" }

  private var nodes: [String] {
    guard options.nodes > 1 else { return [] }
    let megabytes = options.megabytes / options.nodes
    let members = (0..<options.nodes).flatMap { node in
      let cpus = options.cpus(of: node)
      return [
        "-object", "memory-backend-ram,id=memory\(node),size=\(megabytes)M",
        "-numa", "node,nodeid=\(node),memdev=memory\(node),cpus=\(cpus.lowerBound)-\(cpus.upperBound - 1)",
      ]
    }
    let distances = (0..<options.nodes).flatMap { one in
      (0..<options.nodes).filter { $0 != one }.flatMap {
        ["-numa", "dist,src=\(one),dst=\($0),val=\(options.distance)"]
      }
    }
    return members + distances
  }

  /// The kernel's command line. Warnings and worse reach the console; a panic ends the machine.
  private var kernelParameters: [String] {
    let common = ["console=ttyS0", "loglevel=5", "panic=-1", "oops=panic", "brd.rd_nr=1", "brd.rd_size=32768"]
    let deterministic = [
      "ringbench.deterministic=1", "nokaslr", "norandmaps", "random.trust_cpu=on", "tsc=reliable", "no_timer_check",
      "cryptomgr.notests",
    ]
    // Nothing else tells the guest that its nanoseconds are instructions.
    let clock = isTranslated ? ["ringbench.clock=instructions"] : []
    let own = options.isDeterministic ? deterministic + Self.clockRate : clock
    let words = common + own + options.kernelParameters
    return options.isDeterministic ? words + Self.padding(words) : words
  }

  /// The rate of the processor's counter is one step for each instruction, which is a nanosecond. A kernel that measures
  /// it, or corrects it later by another timer, gets it wrong by a millionth or more, and its clock miscounts by as much.
  private static let clockRate = ["tsc_early_khz=1000000", "pmtmr=0"]

  /// Fills the command line up to a length that is always the same: the kernel keeps copies of it, and where everything
  /// else lies in memory depends on their size.
  private static func padding(_ words: [String]) -> [String] {
    let name = "ringbench.padding="
    let length = words.reduce(0) { $0 + $1.utf8.count + 1 } + name.utf8.count
    let rest = paddedLength - length % paddedLength
    return [name + String(repeating: "x", count: rest)]
  }

  /// The kernel takes up to 2048 bytes.
  private static let paddedLength = 1024
}
