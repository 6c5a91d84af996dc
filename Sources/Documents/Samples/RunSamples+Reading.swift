package import Base
import FoundationEssentials

extension RunSamples {
  /// Reads a `results.json`, or the one in a run's folder.
  ///
  /// - Throws: `failed` with the file and the line when this ringbench can't read the results.
  package static func read(_ path: String, columns: SampleColumns) throws(RingbenchError) -> RunSamples {
    let file = try file(path)
    let text: Data
    do { text = try Data(contentsOf: URL(filePath: file), options: .alwaysMapped) } catch {
      throw RingbenchError.failed("\(file): can't be read")
    }
    // Typed throws don't pass through `withUnsafeBytes`.
    let result: Result<RunSamples, RingbenchError> = text.withUnsafeBytes { bytes in
      var document = RunSamplesReader(JSONReader(bytes), columns)
      do throws(JSONReader.Problem) { return .success(try document.run(file)) } catch {
        return .failure(
          RingbenchError.failed("\(file):\(error.line): \(error.message): the results.json of a run is needed"))
      }
    }
    return try result.get()
  }

  /// The document in a folder, or the path itself.
  private static func file(_ path: String) throws(RingbenchError) -> String {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw RingbenchError.failed("\(path): no such file or folder: a results.json, or the folder of a run, is needed")
    }
    guard isFolder else { return path }
    let file = RunFolder(path: path).resultsPath
    guard FileManager.default.fileExists(atPath: file) else {
      throw RingbenchError.failed("\(path): holds no results.json: the folder of a run is needed")
    }
    return file
  }
}

/// Reads the document, member by member.
private struct RunSamplesReader {
  private var reader: JSONReader
  private let columns: SampleColumns

  init(_ reader: JSONReader, _ columns: SampleColumns) {
    self.reader = reader
    self.columns = columns
  }

  mutating func run(_ path: String) throws(JSONReader.Problem) -> RunSamples {
    var (schema, suite, started): (String?, String?, String?)
    var (finished, command, floor, turns): (String?, [String]?, NoiseFloor?, Turns?)
    var (fingerprint, seed): (Fingerprint?, UInt64?)
    var (tool, host, cells): (Tool?, Host?, [CellSamples]?)
    let columns = columns
    try reader.object { reader, key throws(JSONReader.Problem) in
      switch true {
      case key == "schema": schema = try Self.schema(&reader)
      case key == "tool": tool = try reader.decoded(Tool.self, what: "tool")
      case key == "suite": suite = try reader.string()
      case key == "started": started = try reader.string()
      case key == "finished": finished = reader.null() ? nil : try reader.string()
      case key == "command": command = try reader.decoded([String].self, what: "command")
      case key == "host": host = try reader.decoded(Host.self, what: "host")
      case key == "floor": floor = reader.null() ? nil : try reader.decoded(NoiseFloor.self, what: "floor")
      case key == "turns": turns = reader.null() ? nil : try reader.decoded(Turns.self, what: "turns")
      case key == "fingerprint":
        fingerprint = reader.null() ? nil : try reader.decoded(Fingerprint.self, what: "fingerprint")
      case key == "seed": seed = UInt64(exactly: try reader.number())
      case key == "cells": cells = try Self.cells(&reader, columns)
      default: try reader.skip()
      }
    }
    try reader.end()
    guard schema != nil, let tool, let suite, let started, let command, let host, let cells else {
      throw reader.problem("the document lacks schema, tool, suite, started, command, host or cells")
    }
    return RunSamples(
      path: path, tool: tool, suite: suite, started: started, finished: finished, command: command, host: host,
      cells: cells, floor: floor, turns: turns,
      fingerprint: fingerprint, seed: seed ?? 0)
  }

  private static func schema(_ reader: inout JSONReader) throws(JSONReader.Problem) -> String {
    let schema = try reader.string()
    guard schema == ResultsDocument.currentSchema else {
      throw reader.problem("schema '\(schema)': this ringbench reads \(ResultsDocument.currentSchema)")
    }
    return schema
  }

  private static func cells(
    _ reader: inout JSONReader, _ columns: SampleColumns
  ) throws(JSONReader.Problem) -> [CellSamples] {
    var cells: [CellSamples] = []
    try reader.array { reader throws(JSONReader.Problem) in cells.append(try CellSamples(&reader, columns)) }
    return cells
  }
}

extension JSONReader {
  /// Decodes a small or rare value with its own type's decoder.
  mutating func decoded<Value: Decodable>(_ type: Value.Type, what: String) throws(Problem) -> Value {
    let bytes = try skip()
    guard let value = try? ResultsJSON.decode(type, from: Data(bytes)) else {
      throw problem("'\(what)' lacks a field or has a wrong value")
    }
    return value
  }
}
