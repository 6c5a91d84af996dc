package import Base
package import Documents
import FoundationEssentials

/// A folder with explanations: the first in the folder itself, further ones in its folders `2`, `3` and so on.
package enum ExplanationFolder {
  /// Writes an explanation: `explanation.json` and `.txt`, and each side as collapsed stacks and in callgrind's format.
  ///
  /// - Parameters:
  ///   - sides: one, or the baseline and the new one.
  ///   - number: which of several explanations it is, from 1.
  @discardableResult
  package static func write(
    sides: [CallProfile], into folder: String, number: Int = 1
  ) throws(RingbenchError) -> ProfiledExplanation {
    let explained = ProfiledExplanation(sides)
    let place = self.folder(folder, number)
    try Files.makeFolder(place)
    for (name, profile) in zip(names(sides.count), explained.profiles) {
      try Files.write(CollapsedStacks.text(profile).utf8, to: "\(place)/\(name).collapsed")
      try Files.write(CallgrindFile(profile).text.utf8, to: "\(place)/callgrind.out.\(name)")
    }
    try Files.write(ExplanationTable(explained).text.utf8, to: "\(place)/explanation.txt")
    try Files.write(try document(explained.explanation), to: RunFolder(path: place).explanationPath)
    return explained
  }

  private static func document(_ explanation: Explanation) throws(RingbenchError) -> Data {
    do { return try ResultsJSON.document(explanation) } catch {
      throw RingbenchError.failed("explanation.json: a figure is no number")
    }
  }

  /// The explanations of a folder, with the profiles of those whose stacks are there.
  ///
  /// - Throws: `badInput` naming the file that can't be read.
  package static func read(_ folder: String) throws(RingbenchError) -> [ProfiledExplanation] {
    var all: [ProfiledExplanation] = []
    while true {
      let place = RunFolder(path: self.folder(folder, all.count + 1))
      guard let explanation = try place.explanation() else { return all }
      all.append(ProfiledExplanation(explanation, profiles: try profiles(explanation, in: place.path)))
    }
  }

  /// None where stacks of a side are missing.
  private static func profiles(_ explanation: Explanation, in folder: String) throws(RingbenchError) -> [CallProfile] {
    var profiles: [CallProfile] = []
    for (name, side) in zip(names(explanation.sides.count), explanation.sides) {
      let file = "\(folder)/\(name).collapsed"
      guard Files.exists(file) else { return [] }
      profiles.append(try CallProfile(side, stacks: try Files.text(file), from: file))
    }
    return profiles
  }

  private static func folder(_ folder: String, _ number: Int) -> String { number == 1 ? folder : "\(folder)/\(number)" }

  private static func names(_ sides: Int) -> [String] { sides == 2 ? ["old", "new"] : ["profile"] }
}

extension CallProfile {
  /// - Throws: `badInput` where the stacks are not those of the side.
  fileprivate init(_ side: Explanation.Side, stacks: String, from file: String) throws(RingbenchError) {
    let (roots, constant) = try CollapsedStacks.read(stacks, from: file)
    let figure = side.instructionsPerOperation
    let sum = roots.reduce(constant) { $0 + $1.inclusive }
    let known = side.operations ?? (figure > 0 ? Int(exactly: (Double(sum) / figure).rounded()) : nil)
    guard let operations = known, operations > 0, side.roundsExplained > 0,
      abs(Double(sum) / Double(operations) - figure) <= figure * 1e-6
    else {
      throw RingbenchError.badInput("\(file): does not add up to the \(CostText.exact(figure)) of explanation.json")
    }
    self.init(
      kernelRelease: side.kernelRelease, cell: side.cell, trial: side.trial ?? 0, rounds: side.rounds,
      roundsExplained: side.roundsExplained, operations: operations, constant: constant,
      instructionsPerOperation: figure, columns: [.instructions], roots: roots)
  }
}
