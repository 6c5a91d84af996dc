import Documents
import TestSupport
import Testing
import Vocabulary

/// Checks the documents that the project writes against its JSON Schemas.
@Suite struct SchemaTests {
  @Test func documentsAreValid() async throws {
    let document = Sample.everyKind
    let check = try await validate(String(decoding: try ResultsJSON.document(document), as: UTF8.self), "results-1")
    #expect(check.status == 0, "\(check.output)\(check.error)")
  }

  @Test(arguments: [CellStatus.ok, .unsupported]) func repliesAreValid(status: CellStatus) async throws {
    let reply = TrialReply(
      cell: Sample.cell(),
      outcome: Outcome(
        status: status, reason: status == .ok ? nil : Sample.unsupported, placement: Placement(),
        measurements: status == .ok ? Sample.measurements() : nil))
    let check = try await validate(String(decoding: try ResultsJSON.document(reply), as: UTF8.self), "trial-1")
    #expect(check.status == 0, "\(check.output)\(check.error)")
  }

  @Test(arguments: [
    ("\"elapsed_ns\"", "\"elapsed_ms\""), ("\"multishot\"", "\"manyshot\""),
    ("\"finished\" : \"2026", "\"finished\" : \"26"), ("\"seed\" : 7", "\"seed\" : \"7\""),
    ("\"status\" : \"failed\"", "\"status\" : \"ok\""), ("\"kernel_release\"", "\"kernel\""),
    ("\"rate\" : null", "\"rate\" : 5"), ("\"index\" : 0", "\"index\" : -1"),
  ])
  func wrongDocumentsAreNot(right: String, wrong: String) async throws {
    let json = String(decoding: try ResultsJSON.document(Sample.everyKind), as: UTF8.self)
    let parts = json.split(separator: right, omittingEmptySubsequences: false)
    try #require(parts.count > 1)
    let check = try await validate(parts.joined(separator: wrong), "results-1")
    #expect(check.status == 3, "\(check.error)")
  }

  @Test(arguments: [Sample.probe.transfers, Sample.probe.transfers.map(received)])
  func probesAreValid(transfers: [TransferProbe]) async throws {
    let probe = ProbeDocument(host: Sample.host, features: Sample.probe.features, transfers: transfers)
    let check = try await validate(String(decoding: try ResultsJSON.document(probe), as: UTF8.self), "probe-1")
    #expect(check.status == 0, "\(check.output)\(check.error)")
  }

  private static func received(_ transfer: TransferProbe) -> TransferProbe {
    TransferProbe(
      transport: transfer.transport, mode: transfer.mode, operation: transfer.operation, status: .ok, reason: nil)
  }

  @Test(arguments: [
    ("\"maps only\"", "\"maps\""), ("\"since\" : null", "\"since\" : 6"), ("\"errno\" : \"EINVAL\"", "\"errno\" : 22"),
    ("\"supported\" : false", "\"supported\" : true"), ("\"transfers\"", "\"transfer\""),
  ])
  func wrongProbesAreNot(right: String, wrong: String) async throws {
    let json = String(decoding: try ResultsJSON.document(Sample.probe), as: UTF8.self)
    let parts = json.split(separator: right, omittingEmptySubsequences: false)
    try #require(parts.count > 1)
    let check = try await validate(parts.joined(separator: wrong), "probe-1")
    #expect(check.status == 3, "\(check.error)")
  }

  @Test(arguments: [
    [Sample.oldProfile], Sample.profiles, [Sample.newProfile, Sample.newProfile], [Sample.hostileProfile()],
  ])
  func explanationsAreValid(profiles: [CallProfile]) async throws {
    let json = String(decoding: try ResultsJSON.document(Explanation(profiles)), as: UTF8.self)
    let check = try await validate(json, "explanation-1")
    #expect(check.status == 0, "\(check.output)\(check.error)")
  }

  @Test(arguments: [
    ("\"self\"", "\"own\""), ("\"string_bytes\"", "\"string_kilobytes\""), ("\"old\" : null", "\"old\" : \"-\""),
    ("\"constant\"", "\"constants\""), ("\"rounds_explained\" : 250", "\"rounds_explained\" : 0"),
    ("\"tool\"", "\"tools\""), ("explanation/1", "explanation/2"),
  ])
  func wrongExplanationsAreNot(right: String, wrong: String) async throws {
    let json = String(decoding: try ResultsJSON.document(Explanation(Sample.profiles)), as: UTF8.self)
    let parts = json.split(separator: right, omittingEmptySubsequences: false)
    try #require(parts.count > 1)
    let check = try await validate(parts.joined(separator: wrong), "explanation-1")
    #expect(check.status == 3, "\(check.error)")
  }

  /// One side has no differences.
  @Test func oneSideHasNoDifferences() async throws {
    var explanation = Explanation(Sample.profiles)
    explanation.sides.removeLast()
    let check = try await validate(
      String(decoding: try ResultsJSON.document(explanation), as: UTF8.self), "explanation-1")
    #expect(check.status == 3, "\(check.error)")
  }

  private func validate(_ json: String, _ schema: String) async throws -> Program {
    try await Program.python([Places.validator, Places.schemas, schema], input: json)
  }
}
