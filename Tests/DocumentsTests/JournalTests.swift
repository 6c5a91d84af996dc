import Base
import Documents
import TestSupport
import Testing
import Vocabulary

@Suite struct JournalTests {
  let folder: TemporaryFolder
  let header = JournalHeader(
    tool: .current, started: "2026-11-22T08:01:00Z", command: ["ringbench", "run"], host: Sample.host,
    plan: RunPlan(
      suite: "quick", seed: 7, cells: [PlannedCell(cell: Sample.cell(), trials: 3, length: .rounds(300))],
      blocks: [[0], [0], [0]], directory: nil, trialTimeout: 60))

  init() throws { folder = try TemporaryFolder() }

  private func entry(_ index: Int) -> JournalEntry {
    JournalEntry(
      cell: 0,
      trial: Trial(
        index: index, order: index, disturbed: nil,
        outcome: Outcome(
          status: .ok, reason: nil, placement: Placement(), measurements: Sample.measurements(ns: 600 + Double(index))))
    )
  }

  private func writeTwo() throws {
    let journal = try Journal.create(in: folder.path, header: header)
    try journal.append(entry(0))
    try journal.append(entry(1))
  }

  @Test func holdsThePlanAndEveryTrial() throws {
    try writeTwo()
    let contents = try JournalContents(folder: folder.path)
    #expect(contents.header == header)
    #expect(contents.entries == [entry(0), entry(1)])
  }

  @Test func aTornLastLineIsCutOff() throws {
    try writeTwo()
    let whole = String(decoding: try folder.read(Journal.fileName), as: UTF8.self)
    try folder.write(whole + "{\"cell\":0,\"ind", to: Journal.fileName)
    let contents = try JournalContents(folder: folder.path)
    #expect(contents.entries.count == 2)
    do {
      let journal = try Journal.resume(contents, in: folder.path)
      try journal.append(entry(2))
    }
    #expect(try JournalContents(folder: folder.path).entries == [entry(0), entry(1), entry(2)])
  }

  @Test func oneWriterAtATime() throws {
    try writeTwo()
    let contents = try JournalContents(folder: folder.path)
    let first = try Journal.resume(contents, in: folder.path)
    #expect(throws: RingbenchError.self) { _ = try Journal.resume(contents, in: folder.path) }
    try first.append(entry(2))
  }

  @Test func aDamagedLineIsNamed() throws {
    try writeTwo()
    let whole = String(decoding: try folder.read(Journal.fileName), as: UTF8.self)
    try folder.write(whole + "damage\n", to: Journal.fileName)
    let error = #expect(throws: RingbenchError.self) { try JournalContents(folder: folder.path) }
    #expect(error?.message.contains("trials.jsonl:4") == true)
  }
}
