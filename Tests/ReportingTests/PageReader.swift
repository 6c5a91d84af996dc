import TestSupport
import Testing

/// Reads a page as XML with a parser that is not ours.
enum PageReader {
  /// Holds the answer of a Python expression over `page`, `ids`, `links` and `tags` against what it should be.
  static func expect(
    _ page: String, _ expression: String, _ right: String, at location: SourceLocation = #_sourceLocation
  ) async throws {
    let script = """
      import sys, xml.etree.ElementTree as E
      page = E.fromstring(sys.stdin.read().split("\\n", 1)[1])
      ids = [e.get("id") for e in page.iter() if e.get("id")]
      links = [e.get("href") for e in page.iter() if e.get("href")]
      tags = [e.tag for e in page.iter()]
      def section(id): return next((e for e in page.iter("section") if e.get("id") == id), None)
      def marks(kind): return [e for e in page.iter("path") if e.get("class") == kind]
      print((\(expression)))
      """
    let program = try await Program.run("/usr/bin/python3", ["-c", script], input: page)
    #expect(program.status == 0, "\(program.error)", sourceLocation: location)
    #expect(program.output == right + "\n", sourceLocation: location)
  }
}
