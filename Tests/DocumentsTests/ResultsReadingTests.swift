import Base
import FoundationEssentials
import TestSupport
import Testing
import Vocabulary

@testable import Documents

/// Reading a document cell by cell gives what a decoder of the whole gives.
@Suite struct ResultsReadingTests {
  @Test func cellByCellIsTheWhole() throws {
    var document = Sample.everyKind
    document.cells = (0..<200).flatMap { index in
      document.cells.map { result in
        var result = result
        result.cell.messageSize = index + 1
        return result
      }
    }
    document.label = "a [ \"cells\" : [] } label"
    let text = try ResultsJSON.document(document)
    let read = try ResultsDocument.decode(text)
    #expect(try read == ResultsJSON.decode(ResultsDocument.self, from: text))
    #expect(read.cells.count == 800)
    #expect(try ResultsDocument.decode(ResultsJSON.document(Sample.document([]))).cells.isEmpty)
  }

  @Test(arguments: ["{", "[]", "{}", #"{"cells": [1]}"#, #"{"cells": 3}"#, "{} {}"])
  func whatIsNoDocumentIsRefused(text: String) throws {
    #expect(throws: (any Error).self) { try ResultsDocument.decode(Data(text.utf8)) }
  }

  @Test func oneWrongCellIsEnough() throws {
    let text = String(decoding: try ResultsJSON.document(Sample.everyKind), as: UTF8.self)
    let wrong = text.replacing("\"status\" : \"failed\"", with: "\"status\" : \"fine\"")
    #expect(wrong != text)
    #expect(throws: (any Error).self) { try ResultsDocument.decode(Data(wrong.utf8)) }
  }
}
