/// What a user may have meant.
package enum Resemblance {
  /// The word that differs least: by a slip or two of the finger. Nil where all differ more.
  package static func nearest(to text: String, among words: [String]) -> String? {
    let distances = words.map { (word: $0, distance: distance(text, $0)) }
    guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= min(2, text.count / 2) ? best.word : nil
  }

  /// Letters to insert, to delete, to replace or to swap with the next one (optimal string alignment).
  static func distance(_ one: String, _ other: String) -> Int {
    let (left, right) = (Array(one), Array(other))
    var rows = [Array(0...right.count)]
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        var least = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { least = min(least, rows[i - 1][j - 1] + 1) }
        row.append(least)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
