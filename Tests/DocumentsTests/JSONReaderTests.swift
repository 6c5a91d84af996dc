import FoundationEssentials
import Testing

@testable import Documents

/// Compares the forward reader with Foundation's decoder, and checks what it refuses.
@Suite struct JSONReaderTests {
  private func read<Value>(
    _ text: String, _ body: (inout JSONReader) throws(JSONReader.Problem) -> Value
  ) throws -> Value {
    let result: Result<Value, JSONReader.Problem> = Array(text.utf8).withUnsafeBytes { bytes in
      var reader = JSONReader(bytes)
      do throws(JSONReader.Problem) {
        let value = try body(&reader)
        try reader.end()
        return .success(value)
      } catch { return .failure(error) }
    }
    return try result.get()
  }

  @Test(arguments: [
    "0", "-0", "1", "-17", "0.5", "601.25", "123456789012345", "1234567890123456789", "0.1", "1e3", "1.5E-7",
    "-2.5e+10",
    "4.35", "0.000001", "179769313486231570000", "5e-324", "99.99999999999999", "0.30000000000000004",
  ])
  func numbersAreFoundations(text: String) throws {
    let number = try read(text) { reader throws(JSONReader.Problem) in try reader.number() }
    #expect(number == (try ResultsJSON.decode(Double.self, from: Data(text.utf8))))
  }

  @Test(arguments: ["\"\"", "\"plain\"", "\"a \\\"quote\\\" and \\\\\"", "\"\\u00e9\\n\\ud83d\\ude00\"", "\"é😀\""])
  func stringsAreFoundations(text: String) throws {
    let string = try read(text) { reader throws(JSONReader.Problem) in try reader.string() }
    #expect(string == (try ResultsJSON.decode(String.self, from: Data(text.utf8))))
  }

  @Test(arguments: [
    "{}", "[]", " [ 1 , {\"a\" : [true, false, null, \"]}\"]} ] ", "{\"a\":{\"b\":[[]]}}", "\"x\"", "-1.5", "null",
  ])
  func whatIsJSONCanBeSkipped(text: String) throws {
    _ = try read(text) { reader throws(JSONReader.Problem) in _ = try reader.skip() }
  }

  @Test(arguments: [
    ("", "ends too early"), ("NaN", "'NaN' is not JSON"), ("[1, Infinity]", "'Infinity]' is not JSON"), ("-", "number"),
    ("[1 2]", "expected"), ("{\"a\" 1}", "':'"), ("{a: 1}", "a string"), ("[1,", "ends too early"),
    ("\"abc", "within a string"), ("\"a\nb\"", "without its closing quote"), ("[] []", "follows"), ("nul", "a value"),
    ("1e999", "not a finite number"), ("{\"a\":1,}", "a string"), ("tru", "a value"), ("\"\\", "within a string"),
  ])
  func whatIsNotIsRefused(text: String, message: String) throws {
    let error = #expect(throws: JSONReader.Problem.self) {
      try read(text) { reader throws(JSONReader.Problem) in
        if text.hasPrefix("1") || text == "-" { _ = try reader.number() } else { _ = try reader.skip() }
      }
    }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test func deepTextsAreRefused() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: JSONReader.Problem.self) {
      try read(text) { reader throws(JSONReader.Problem) in _ = try reader.skip() }
    }
  }

  @Test func problemsNameTheLine() {
    let error = #expect(throws: JSONReader.Problem.self) {
      try read("[1,\n2,\n  NaN]") { reader throws(JSONReader.Problem) in _ = try reader.skip() }
    }
    #expect(error?.line == 3)
  }
}
