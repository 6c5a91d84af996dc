package import Base
import Dispatch
import FoundationEssentials

extension ResultsDocument {
  /// Reads a `results.json`, or the one in a run's folder.
  ///
  /// - Throws: `badInput` when it can't be read or is not such a document.
  package static func read(_ path: String) throws(RingbenchError) -> ResultsDocument {
    var isFolder = false
    let file =
      FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
      ? RunFolder(path: path).resultsPath : path
    guard FileManager.default.fileExists(atPath: file) else {
      throw RingbenchError.badInput("\(file): no such file: the folder of a run is needed")
    }
    // A pipe can't be mapped.
    let mapped = try? Data(contentsOf: URL(filePath: file), options: .alwaysMapped)
    guard let data = mapped ?? FileManager.default.contents(atPath: file) else {
      throw RingbenchError.badInput("\(file): can't be read: the results.json of a run is needed")
    }
    do { return try decode(data) } catch {
      throw RingbenchError.badInput("\(file): the results.json of a run is needed")
    }
  }

  /// Decodes the document without its cells, and each cell by itself, on all processors. A decoder of the whole would
  /// hold several times the text of a large run in memory.
  static func decode(_ data: Data) throws -> ResultsDocument {
    try data.withUnsafeBytes { bytes in
      var rest = Data()
      var texts: [Slice<UnsafeRawBufferPointer>] = []
      var reader = JSONReader(bytes)
      var copied = 0
      try reader.object { reader, key throws(JSONReader.Problem) in
        guard key == "cells", reader.peek() == UInt8(ascii: "[") else {
          try reader.skip()
          return
        }
        rest.append(contentsOf: bytes[copied..<reader.position])
        texts = []
        try reader.array { reader throws(JSONReader.Problem) in texts.append(try reader.skip()) }
        rest.append(contentsOf: Array("[]".utf8))
        copied = reader.position
      }
      try reader.end()
      rest.append(contentsOf: bytes[copied...])
      var document = try ResultsJSON.decode(ResultsDocument.self, from: rest)
      document.cells = try cells(texts)
      return document
    }
  }

  private static func cells(_ texts: [Slice<UnsafeRawBufferPointer>]) throws -> [CellResult] {
    // Each iteration writes places of its own.
    nonisolated(unsafe) let decoded = UnsafeMutableBufferPointer<Result<CellResult, any Error>?>.allocate(
      capacity: texts.count)
    decoded.initialize(repeating: nil)
    defer {
      decoded.deinitialize()
      decoded.deallocate()
    }
    nonisolated(unsafe) let texts = texts
    let parts = min(texts.count, 64)
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      for index in stride(from: part, to: texts.count, by: parts) {
        decoded[index] = Result { try ResultsJSON.decode(CellResult.self, from: Data(texts[index])) }
      }
    }
    return try decoded.compactMap { try $0?.get() }
  }
}
