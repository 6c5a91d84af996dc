package import FoundationEssentials

/// Writing and copying, with errors that name the file.
package enum Files {
  package static func write(_ bytes: some Sequence<UInt8>, to path: String) throws(RingbenchError) {
    do { try Data(bytes).write(to: URL(filePath: path)) } catch { throw failure("can't be written", path, error) }
  }

  package static func makeFolder(_ path: String) throws(RingbenchError) {
    do { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
      throw failure("can't be made", path, error)
    }
  }

  package static func copy(_ source: String, to path: String) throws(RingbenchError) {
    do { try FileManager.default.copyItem(atPath: source, toPath: path) } catch {
      throw failure("can't be written", path, error)
    }
  }

  /// Moves a finished file or folder to its place and replaces what was there.
  package static func move(_ source: String, over path: String) throws(RingbenchError) {
    try? FileManager.default.removeItem(atPath: path)
    do { try FileManager.default.moveItem(atPath: source, toPath: path) } catch {
      throw failure("can't be written", path, error)
    }
  }

  /// Writes a file as a whole or not at all. Who reads it meanwhile has the old one or the new one, also where several
  /// processes write it at once (`rename(2)`).
  package static func replace(_ path: String, with bytes: Data) throws(RingbenchError) {
    do { try bytes.write(to: URL(filePath: path), options: .atomic) } catch {
      throw failure("can't be written", path, error)
    }
  }

  package static func text(_ path: String) throws(RingbenchError) -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RingbenchError.failed("\(path): can't be read")
    }
    return String(decoding: data, as: UTF8.self)
  }

  package static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// The names in a folder, sorted; empty when there is no such folder.
  package static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  private static func failure(_ what: String, _ path: String, _ error: any Error) -> RingbenchError {
    let isFull = (error as? CocoaError)?.code == .fileWriteOutOfSpace
    return RingbenchError.failed("\(path): \(what)\(isFull ? ": no space left on the device" : "")")
  }
}
