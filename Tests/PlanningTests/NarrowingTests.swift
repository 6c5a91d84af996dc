import Documents
import TestSupport
import Testing
import Vocabulary

@testable import Planning

/// How lists on the command line change the quick suite.
@Suite struct NarrowingTests {
  private func cells(_ change: (inout AxisLists) -> Void) throws -> [Cell] {
    var options = RunOptions(command: [])
    change(&options.lists)
    return try RunPlan(options, nodes: Sample.host.nodes).cells.map(\.cell)
  }

  @Test func wordsNarrow() throws {
    let cells = try cells { $0.transports = [.udp] }
    #expect(Set(cells.map(\.pattern)) == [.drain])
    #expect(cells.count == Mode.standard.count * 2)
  }

  @Test func numbersReplace() throws {
    let cells = try cells {
      $0.transports = [.tcp]
      $0.numbers[.messageSize] = [128, 256]
    }
    #expect(Set(cells.map(\.messageSize)) == [128, 256])
  }

  @Test func aWordThatNoGroupHasIsAdded() throws {
    let cells = try cells {
      $0.transports = [.tcp]
      $0.operations = [.oneshot, .vectored]
      $0.patterns = [.drain]
      $0.numbers[.connections] = [1]
    }
    #expect(cells.count == Mode.standard.count * 2)
    #expect(cells.count { $0.operation == .vectored } == Mode.standard.count)
  }

  /// The stream groups have only tcp and pipe. Stream over udp can still be asked for, and gets every mode.
  @Test func wordsThatNoGroupHasTogetherAreTakenAsTheyAre() throws {
    let cells = try cells {
      $0.transports = [.udp]
      $0.patterns = [.stream]
    }
    #expect(Set(cells.map(\.transport)) == [.udp])
    #expect(Set(cells.map(\.pattern)) == [.stream])
    #expect(Set(cells.map(\.mode)) == Set(Mode.standard))
  }

  @Test func oneMissingTransportIsNotAHole() throws {
    let cells = try cells {
      $0.transports = [.tcp, .udp]
      $0.patterns = [.stream]
    }
    #expect(cells.count == 2 * Mode.standard.count)
  }

  @Test func aRateBelongsToPacedAlone() throws {
    let cells = try cells {
      $0.transports = [.tcp]
      $0.modes = [.pbuf]
      $0.patterns = [.drain, .paced]
      $0.numbers[.rate] = [1000]
    }
    #expect(cells.allSatisfy { ($0.pattern == .paced) == ($0.rate != nil) })
    #expect(cells.contains { $0.pattern == .paced })
  }

  @Test func cellsAreThereOnce() throws {
    let cells = try cells { $0.numbers[.messageSize] = [4096] }
    #expect(Set(cells.map(\.id)).count == cells.count)
  }
}
