import Base
import Documents
import FoundationEssentials
import TestSupport
import Testing
import Vocabulary

@testable import KernelLab

/// What the plugin is given and what it writes, without a guest.
@Suite struct ProfileTests {
  // MARK: Functions

  private static let kernel = [
    FunctionSymbol(address: 0xffff_ffff_8100_0000, name: "__x64_sys_read"),
    FunctionSymbol(address: 0xffff_ffff_8100_0000, name: "__se_sys_read"),
    FunctionSymbol(address: 0xffff_ffff_8100_0100, name: "__softirqentry_text_end"),
    FunctionSymbol(address: 0xffff_ffff_8100_0100, name: "__x86_indirect_thunk_rax"),
    FunctionSymbol(address: 0xffff_ffff_8100_0200, name: "entry_SYSCALL_64"),
    FunctionSymbol(address: 0xffff_ffff_8100_0220, name: "entry_SYSCALL_64_after_hwframe"),
    FunctionSymbol(address: 0xffff_ffff_8100_0300, name: "asm_exc_page_fault"),
    FunctionSymbol(address: 0xffff_ffff_8100_0310, name: "asm_exc_nmi"),
    FunctionSymbol(address: 0xffff_ffff_8100_0320, name: "asm_sysvec_apic_timer_interrupt"),
  ]

  @Test func functionsAreSortedAndNamedOnce() {
    let table = FunctionTable(kernel: Self.kernel, executable: [FunctionSymbol(address: 0x401000, name: "main")])
    #expect(
      table.functions.map(\.name) == [
        "[unknown]", "main", "[vdso]", "__se_sys_read", "__x86_indirect_thunk_rax", "entry_SYSCALL_64",
        "asm_exc_page_fault", "asm_exc_nmi", "asm_sysvec_apic_timer_interrupt",
      ])
    #expect(table.functions.map(\.entry) == Array(repeating: .none, count: 6) + [.fault, .interrupt, .interrupt])
    #expect(table.functions[0].address == 0)
    #expect(table.functions.map(\.address) == table.functions.map(\.address).sorted())
  }

  @Test func thePluginGetsSixteenBytesAFunction() {
    let table = FunctionTable(kernel: Self.kernel, executable: [])
    #expect(table.bytes.count == 16 * table.functions.count)
    // asm_exc_page_fault, little endian, and 2 for a fault.
    let fault = table.bytes[16 * 5..<16 * 6]
    #expect(Array(fault) == [0x00, 0x03, 0x00, 0x81, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test func symbolsAreDistances() throws {
    let functions = try KernelSymbols.parse(Data("ffffffff81000000 _stext\n10 a\nfffffffffffffff0 b\n".utf8))
    #expect(functions.map(\.name) == ["_stext", "a", "b"])
    #expect(functions.map { $0.address & 0xff } == [0, 0x10, 0])
    #expect(throws: RingbenchError.self) { try KernelSymbols.parse(Data()) }
    #expect(throws: RingbenchError.self) { try KernelSymbols.parse(Data("nonsense\n".utf8)) }
  }

  /// As the linker has them in a release build, and what people read.
  @Test(arguments: [
    ("main", "main"), ("__io_uring_submit", "__io_uring_submit"),
    ("$sSS1poiyS2S_SStFZ", "String.+"),
    ("$s8Workload6EngineV", "Workload.Engine"),
    (
      "$s8Workload6EngineVAARi_zrlE10timedRound_8messagess6UInt64Vqd__m_SitAA5CheckRd__lF11BufferModes17HandedBackBuffers"
        + "VyAI18KernelManagedGroupOyAI04HandK4EachVGG_AA13SocketReceiveOAA06HeaderG0OTtg5Tm",
      "Engine.timedRound"
    ),
  ])
  func swiftNamesAreShort(symbol: String, name: String) { #expect(SwiftName.short(symbol) == name) }

  // MARK: Sections

  /// A trial of three counted rounds and one aside: `loop` calls `send` twice a round, and something else runs once.
  private static let section = """
    trial 3 1830 1605 128 2 1 20610 20535 0 0
    1 0 -1 0 5 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    2 0 1 3 600 0 0 0 0 0 0 0 1 535 0 0 0 0 0 0 0
    3 2 2 6 1000 128 2 0 0 0 0 0 2 20000 0 0 0 0 0 0 0
    end

    """

  @Test func aSectionIsRead() throws {
    let sections = try TrialSection.all(in: Self.section + Self.section + "trial 1 1 1 0 0 0 0 0 0 0\n")
    #expect(sections.count == 2 && sections[0] == sections[1])
    let section = sections[0]
    #expect(section.counted == .init(count: 3, instructions: 1830, inside: 1605, stringBytes: 128, stringSteps: 2))
    #expect(section.aside.count == 1)
    #expect(section.nodes.map(\.function) == [nil, 1, 2])
    #expect(!section.explainsAll && section.explained.count == 3)
  }

  @Test(arguments: [
    "nonsense\n", "trial 1 2 3\n", "trial 3 1830 1605 0 0 1 20610 20535 0 x\n",
    "trial 3 1830 1605 0 0 1 20610 20535 0 0\n1 0 -1 0\nend\n",
  ])
  func otherTextIsAnError(text: String) {
    #expect(throws: RingbenchError.self) { try TrialSection.all(in: text) }
  }

  /// Where hardly a round has no tick, the reported figure has them all.
  @Test func aTrialOfTicksIsExplainedWhole() throws {
    let text = Self.section.replacing("trial 3 1830 1605 128 2 1 20610", with: "trial 1 1830 1605 128 2 4 20610")
    let section = try #require(try TrialSection.all(in: text).first)
    #expect(section.explainsAll && section.explained.count == 5 && section.explained.instructions == 22440)
  }

  private func profile(_ text: String, reported: [Double]) throws -> CallProfile {
    let cell = Cell(
      transport: .unixSeqpacket, mode: .plain, operation: .oneshot, pattern: .drain,
      numbers: [.messageSize: 64, .bufferSize: 4096, .buffers: 256, .batch: 16, .connections: 1],
      cpuNode: 0, memoryNode: 0)
    let trials = reported.enumerated().map { index, figure in
      var measurements = Measurements()
      measurements[.operations] = 64
      measurements[.instructionsPerOperation] = figure
      return Trial(index: index, order: index, outcome: .ok(measurements))
    }
    let plan = PlannedCell(cell: cell, trials: trials.count, length: .rounds(4))
    let header = JournalHeader(
      tool: .current, started: "", command: [], host: Sample.host,
      plan: RunPlan(suite: "cell", seed: 1, cells: [plan], blocks: [[0]], directory: nil, trialTimeout: 60))
    let measured = CellMeasurement(header: header, trials: trials, sections: try TrialSection.all(in: text))
    let table = FunctionTable(
      kernel: [.init(address: 0x1000, name: "loop"), .init(address: 0x2000, name: "send")], executable: [])
    return try CallProfile(measured, plan, table, level: .calls)
  }

  @Test func aProfileIsThatOfTheMedianTrial() throws {
    // The second trial has 160 instructions more in `send`, the third 320.
    func more(_ count: Int) -> String {
      Self.section.replacing("1830 1605", with: "\(1830 + count) \(1605 + count)")
        .replacing("6 1000", with: "6 \(1000 + count)")
    }
    let profile = try profile(
      more(320) + more(0) + more(160), reported: [1830 + 320, 1830, 1830 + 160].map { Double($0) / 48 })
    #expect(profile.trial == 2 && profile.rounds == 4 && profile.roundsExplained == 3 && profile.operations == 48)
    #expect(profile.constant == 225 && profile.instructions == 1990)
    let loop = try #require(profile.roots.first { $0.name == "loop" })
    #expect(loop.calls == 3 && loop.own[.instructions] == 600)
    #expect(loop.children.map(\.name) == ["send"])
    #expect(loop.children[0].own[.instructions] == 1160 && loop.children[0].own[.stringBytes] == 128)
    #expect(profile.roots.contains { $0.name == "[other threads]" && $0.own[.instructions] == 5 })
  }

  /// One instruction too few in a function, one too many in the guest's clock, a trial that the plugin didn't see.
  @Test func whatDoesNotAddUpIsAnError() throws {
    let right = [1830.0 / 48]
    #expect(try profile(Self.section, reported: right).instructions == 1830)
    #expect(throws: RingbenchError.self) {
      try profile(Self.section.replacing("6 1000", with: "6 999"), reported: right)
    }
    #expect(throws: RingbenchError.self) { try profile(Self.section, reported: [1831.0 / 48]) }
    #expect(throws: RingbenchError.self) { try profile(Self.section, reported: right + right + right) }
    #expect(throws: RingbenchError.self) {
      // The clock was never seen to read the counter.
      try profile(
        Self.section.replacing("3 1830 1605", with: "3 0 1605"),
        reported: right)
    }
  }
}
