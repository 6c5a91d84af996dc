import Base
import Vocabulary

/// A line for each mode over a common axis, as inline SVG. Each line bears its name at its end.
struct LineChart: Sendable {
  struct Line: Sendable {
    var mode: Mode
    var name: String
    var points: [(x: Double, y: Double)]
  }

  let title: String
  let lines: [Line]
  let x: ChartAxis
  let y: ChartAxis
  let xTitle: String
  let yTitle: String
  /// Whether each point is a mark: not so where there is one for every percentile.
  var marksPoints = true

  private static let (left, right, top, bottom, width, height) = (64.0, 430.0, 26.0, 230.0, 560, 272)

  var text: String {
    var text = "<svg viewBox=\"0 0 \(Self.width) \(Self.height)\" role=\"img\">"
    text += "<title>\(HTMLText.escaped(title))</title>\n"
    text +=
      "<path class=\"grid\" d=\"\(y.ticks.map { "M\(Self.digits(Self.left)) \(down($0.value))H\(Int(Self.right))" }.joined())"
    text += x.ticks.map { "M\(across($0.value)) \(Int(Self.bottom))v5" }.joined() + "\"/>\n"
    for tick in y.ticks {
      text += Self.word(
        "ytick", Self.digits(Self.left - 8), Self.digits(Self.down(y.position(tick.value)) + 4), tick.label)
    }
    for tick in x.ticks { text += Self.word("tick", across(tick.value), Self.digits(Self.bottom + 20), tick.label) }
    text += Self.word("title", "0", "14", yTitle)
    text += Self.word("tick", Self.digits((Self.left + Self.right) / 2), Self.digits(Self.bottom + 38), xTitle)
    let ends = labelPlaces
    for (index, line) in lines.enumerated() { append(line, label: ends[index], to: &text) }
    return text + "</svg>\n"
  }

  private func append(_ line: Line, label: Double, to text: inout String) {
    guard let last = line.points.last else { return }
    let path = line.points.enumerated().map { "\($0 == 0 ? "M" : "L")\(across($1.x)) \(down($1.y))" }.joined()
    text += "<g class=\"m-\(line.mode.rawValue)\"><path class=\"line\" d=\"\(path)\"/>"
    if marksPoints {
      text += "<path class=\"dots\" d=\"\(line.points.map { "M\(across($0.x)) \(down($0.y))h0" }.joined())\"/>"
    }
    let end = Self.left + (Self.right - Self.left) * x.position(last.x)
    text +=
      "<path class=\"lead\" d=\"M\(Self.digits(end)) \(down(last.y))L\(Int(Self.right) + 12) \(Self.digits(label))\"/>"
    text += Self.word("name", "\(Int(Self.right) + 16)", Self.digits(label + 4), line.name) + "</g>\n"
  }

  /// Where the names stand: at the ends of their lines, moved apart where these are close.
  private var labelPlaces: [Double] {
    let ends = lines.map { Self.down(y.position($0.points.last?.y ?? 0)) }
    var places = ends
    let gap = min(17, (Self.bottom - Self.top + 24) / Double(max(lines.count, 1)))
    let order = ends.indices.sorted { ends[$0] < ends[$1] }
    var next = Self.top - 14
    for index in order {
      places[index] = max(ends[index], next)
      next = places[index] + gap
    }
    // What was pushed over the bottom moves up again.
    var limit = Self.bottom + 12
    for index in order.reversed() {
      places[index] = min(places[index], limit)
      limit = places[index] - gap
    }
    return places
  }

  private static func word(_ kind: String, _ x: String, _ y: String, _ word: String) -> String {
    "<text class=\"\(kind)\" x=\"\(x)\" y=\"\(y)\">\(HTMLText.escaped(word))</text>\n"
  }

  private func across(_ value: Double) -> String {
    Self.digits(Self.left + (Self.right - Self.left) * x.position(value))
  }
  private func down(_ value: Double) -> String { Self.digits(Self.down(y.position(value))) }
  private static func down(_ position: Double) -> Double { bottom - (bottom - top) * position }
  private static func digits(_ value: Double) -> String { Decimals.shortest(value, upTo: 1) }
}
