package import Base
import FoundationEssentials

extension RunFolder {
  package var explanationPath: String { path + "/explanation.json" }

  /// The explanation that lies beside the results; nil where there is none.
  ///
  /// - Throws: `badInput` when the file is there and can't be read as one.
  package func explanation() throws(RingbenchError) -> Explanation? {
    let file = explanationPath
    guard Files.exists(file) else { return nil }
    do {
      let explanation = try ResultsJSON.decode(Explanation.self, from: try Data(contentsOf: URL(filePath: file)))
      guard explanation.schema == Explanation.currentSchema, (1...2).contains(explanation.sides.count) else {
        throw RingbenchError.badInput("\(file): not of schema \(Explanation.currentSchema) with one side or two")
      }
      return explanation
    } catch let error as RingbenchError {
      throw error
    } catch {
      throw RingbenchError.badInput("\(file): can't be read as \(Explanation.currentSchema)")
    }
  }
}
