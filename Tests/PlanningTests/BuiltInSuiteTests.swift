import Documents
import TestSupport
import Testing
import Vocabulary

@testable import Planning

@Suite struct BuiltInSuiteTests {
  private func plan(_ suite: String, _ change: (inout RunOptions) -> Void = { _ in }) throws -> RunPlan {
    var options = RunOptions(command: [])
    options.suite = suite
    change(&options)
    return try RunPlan(options, nodes: Sample.host.nodes)
  }

  @Test(arguments: SuiteLibrary.names) func isValid(name: String) throws {
    #expect(try plan(name).suite == name)
  }

  /// The help of `--suite` names every suite with its number of trials, the default, and what else is possible.
  @Test(arguments: SuiteLibrary.names) func isInTheHelp(name: String) throws {
    let trials = Set(try SuiteLibrary.suite(name).groups.map(\.trials))
    let (fewest, most) = (try #require(trials.min()), try #require(trials.max()))
    #expect(SuiteLibrary.help.contains("\(name) (\(fewest == most ? "\(most)" : "\(fewest) to \(most)") trials)"))
    for words in ["path of a YAML file", ".yaml or .yml", "default: quick", "in a guest: ci"] {
      #expect(SuiteLibrary.help.contains(words))
    }
    #expect(RunOptions(command: []).suite == SuiteLibrary.usual)
  }

  /// The other ways to hand back legacy and kernel-managed buffers are in the suite `kmbuf`.
  private let modes = Mode.standard

  /// Modes x transports x oneshot and multishot, the same with 64 connections and with receives that wait over some
  /// transports, and one stream and one pingpong cell of each mode over tcp and pipe.
  @Test func quickCoversWhatItPromises() throws {
    let cells = try plan("quick").cells.map(\.cell)
    func expectAll(_ transports: [Transport], _ pattern: Pattern, connections: Int) {
      let found = cells.filter { $0.pattern == pattern && $0.connections == connections }
      #expect(found.count == transports.count * modes.count * 2)
      for transport in transports {
        for mode in modes {
          #expect(
            Set(found.filter { $0.transport == transport && $0.mode == mode }.map(\.operation)) == [
              .oneshot, .multishot,
            ])
        }
      }
    }
    expectAll(Transport.allCases, .drain, connections: 1)
    expectAll([.tcp, .unixSeqpacket], .drain, connections: 64)
    expectAll([.tcp, .unixSeqpacket, .pipe], .armed, connections: 1)
    expectAll([.tcp, .unixSeqpacket], .armed, connections: 64)
    for pattern in [Pattern.stream, .pingpong] {
      let rest = cells.filter { $0.pattern == pattern }
      #expect(Set(rest.map { [$0.transport.rawValue, $0.mode.rawValue] }).count == 2 * modes.count)
      #expect(rest.count == 2 * modes.count)
    }
  }

  /// Every mode, every transport, four sizes.
  @Test func kmbufPutsEveryModeSideBySide() throws {
    let cells = try plan("kmbuf").cells.map(\.cell)
    let expected = Mode.allCases.count * Transport.allCases.count * 2 * 4
    #expect(cells.count == expected)
    #expect(Set(cells.map(\.id)).count == expected)
    #expect(Set(cells.map(\.messageSize)) == [64, 1024, 4096, 65_536])
    #expect(cells.allSatisfy { $0.pattern == .drain && $0.bufferSize >= $0.messageSize })
  }

  @Test func overheadPairsEveryCell() throws {
    let cells = try plan("overhead").cells.map(\.cell)
    #expect(cells.count { $0.implementation == .swift } == 17)
    #expect(cells.count { $0.implementation == .reference } == 17)
    #expect(cells.count { $0.implementation == .tight } == 10)
    #expect(!cells.contains { $0.mode == .plain && $0.operation == .multishot })
  }

  @Test func listsGiveExactlyWhatTheyName() throws {
    let plan = try plan("quick") { options in
      options.lists.transports = [.unixSeqpacket, .pipe]
      options.lists.modes = [.plain, .legacy, .pbuf, .pbufMmap]
      options.lists.operations = [.multishot, .oneshot]
      options.lists.patterns = [.drain]
      options.lists.numbers[.messageSize] = [64]
      options.lists.numbers[.connections] = [1]
      options.trials = 9
    }
    #expect(plan.cells.count == 2 * 4 * 2)
    #expect(plan.trialCount == 16 * 9)
  }
}
