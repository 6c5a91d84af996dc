package import Documents
import Vocabulary

extension Sample {
  /// A function on a path, with instructions per operation. Without a number of calls it is entered once an operation.
  private struct Call {
    var name: String
    var own: Double
    var calls: Int?
    var strings: (bytes: Int, steps: Int)
    var callees: [Call]

    init(
      _ name: String, _ own: Double, calls: Int? = nil, strings: (bytes: Int, steps: Int) = (0, 0),
      _ callees: [Call] = []
    ) {
      (self.name, self.own, self.calls, self.strings, self.callees) = (name, own, calls, strings, callees)
    }

    func node(_ operations: Int) -> CallProfile.Node {
      var node = CallProfile.Node(name)
      node.own[.instructions] = Int(own * Double(operations))
      node.own[.stringBytes] = strings.bytes * operations
      node.own[.stringSteps] = strings.steps * operations
      node.calls = calls ?? operations
      node.children = callees.map { $0.node(operations) }
      return node
    }
  }

  /// The name of a function of Swift, as it is shown.
  package static let swiftFunction =
    "Engine.timedRound<A where A: BufferProvider>(_: inout A, completions: Completions) -> Result<Int, Failure>"

  /// Two sides of one cell: kernel and Swift functions, parts and copies of functions, one that calls itself, one that
  /// is gone, one that is new, and one that is as before.
  package static var profiles: [CallProfile] { [oldProfile, newProfile] }

  package static let oldProfile = profile(
    "6.1.0-53-amd64", rounds: 256, explained: 250,
    [
      Call(
        swiftFunction, 120.25, calls: 0,
        [
          Call(
            "io_uring_enter", 8,
            [
              Call(
                "entry_SYSCALL_64_after_hwframe", 60.5,
                [
                  Call(
                    "__x64_sys_io_uring_enter", 200.75,
                    [
                      Call("io_submit_sqes.part.0", 310, [Call("io_recv", 150.5, received(0, "skb_copy.isra.0"))]),
                      Call("io_legacy_select", 90.25, [Call("kfree.cold", 0), Call("kfree", 30.5)]),
                    ])
                ])
            ])
        ]), Call("asm_sysvec_apic_timer_interrupt", 1.5, calls: 12),
    ])

  package static let newProfile = profile(
    "6.12.41+deb13-amd64", rounds: 256, explained: 256,
    [
      Call(
        swiftFunction, 120.25, calls: 0,
        [
          Call(
            "io_uring_enter", 8,
            [
              Call(
                "entry_SYSCALL_64_after_hwframe", 64.5,
                [
                  Call(
                    "__x64_sys_io_uring_enter", 200.75,
                    [
                      Call(
                        "io_submit_sqes", 100.5,
                        [
                          Call(
                            "io_submit_sqes.part.0", 260,
                            [Call("io_recv", 180.25, received(2.5, "skb_copy.constprop.1"))])
                        ]), Call("io_ring_select", 40.125, [Call("kfree", 30.5)]),
                    ])
                ])
            ])
        ])
    ])

  /// A receive that calls itself by way of the callback of the socket.
  private static func received(_ more: Double, _ copy: String) -> [Call] {
    [
      Call(
        "unix_stream_read", 210 + more,
        [
          Call(copy, 44, strings: (64, 8)), Call("sock_callback", 20, [Call("unix_stream_read", 33, [Call(copy, 4)])]),
        ])
    ]
  }

  private static func profile(_ kernel: String, rounds: Int, explained: Int, _ calls: [Call]) -> CallProfile {
    let operations = explained * 64
    var profile = CallProfile(
      kernelRelease: kernel, cell: cell(.unixSeqpacket, .legacy, .oneshot).id, trial: 3, rounds: rounds,
      roundsExplained: explained, operations: operations, constant: 75 * explained, instructionsPerOperation: 0,
      roots: calls.map { $0.node(operations) })
    profile.instructionsPerOperation = Double(profile.instructions) / Double(operations)
    return profile
  }

  /// Names that try to break out of every format.
  package static let hostileNames = [
    "a;b", "<script>alert(1)</script>", "\"quoted\" 'twice' & more", "two\nlines 12", "fn=(1) x", "cfn=(2)", "", " ; ",
    "(3) three", "closure #1 in f(x: Int) 64", "\u{202e}back\u{1b}[2J", "calls=7 0",
    String(repeating: "LongName", count: 90),
  ]

  /// A profile with such names, each calling the next, and each once more beside the first.
  package static func hostileProfile(operations: Int = 640) -> CallProfile {
    var chain: CallProfile.Node?
    var roots: [CallProfile.Node] = []
    for (index, name) in hostileNames.enumerated().reversed() {
      var node = CallProfile.Node(name)
      node.own[.instructions] = (index + 1) * 1000
      node.calls = index
      roots.append(node)
      node.children = chain.map { [$0] } ?? []
      chain = node
    }
    var root = CallProfile.Node("root")
    root.children = roots.filter { $0.name != hostileNames[0] } + (chain.map { [$0] } ?? [])
    var profile = CallProfile(
      kernelRelease: "6.1\" <b>\n# EOF", cell: "tcp/pbuf\nfn=(9) y", trial: 0, rounds: 10, roundsExplained: 10,
      operations: operations, constant: 75 * 10, instructionsPerOperation: 0, columns: CostColumn.allCases,
      roots: [root])
    profile.instructionsPerOperation = Double(profile.instructions) / Double(operations)
    return profile
  }
}
