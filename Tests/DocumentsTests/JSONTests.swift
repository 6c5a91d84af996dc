import Documents
import TestSupport
import Testing
import Vocabulary

@Suite struct JSONTests {
  @Test func documentsComeBackAsTheyWere() throws {
    let document = Sample.everyKind
    #expect(try ResultsJSON.decode(ResultsDocument.self, from: ResultsJSON.document(document)) == document)
  }

  @Test(arguments: [TrialLength.rounds(300), .duration(0.2)])
  func lengthsComeBackAsTheyWere(length: TrialLength) throws {
    #expect(try ResultsJSON.decode(TrialLength.self, from: ResultsJSON.line(length)) == length)
  }

  @Test func whatIsNotThereIsAnExplicitNull() throws {
    let json = String(decoding: try ResultsJSON.line(Sample.measurements()), as: UTF8.self)
    #expect(json.contains("\"instructions_per_operation\":null"))
    #expect(json.contains("\"peer_cpu\":null"))
  }
}
