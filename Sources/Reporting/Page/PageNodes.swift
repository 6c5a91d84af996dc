import Base
import Documents
import Vocabulary

/// CPU node by memory node as a heat map, with where the pages really were. A table for each kind of cell, where a run has
/// several placements.
struct PageNodes: Sendable {
  private let host: Host
  private let groups: [[CellResult]]
  private let usual: UsualValues
  private let facets: PageFacets

  init(_ document: ResultsDocument, usual: UsualValues, facets: PageFacets) {
    host = document.host
    (self.usual, self.facets) = (usual, facets)
    var order: [Cell] = []
    var groups: [Cell: [CellResult]] = [:]
    for result in document.cells where result.cell.implementation == .swift {
      var key = result.cell
      (key.mode, key.cpuNode, key.memoryNode) = (.plain, 0, 0)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(result)
    }
    self.groups = order.compactMap { groups[$0] }.filter { results in
      results.contains { $0.cost != nil } && Set(results.map { [$0.cell.cpuNode, $0.cell.memoryNode] }).count > 1
    }
  }

  var text: String {
    guard !groups.isEmpty else { return "" }
    let legend =
      "A row is a mode and the node of its CPU, a column the node that its memory was asked from. The cheapest placement "
      + "of a mode stands in \(host.clockWord), the others in per cent over it. Below each stand the nodes where the "
      + "kernel says that the buffers' pages lie, with ! where that is not the node asked for."
    return HTMLText.section(
      "nodes", title, HTMLText.paragraph(legend) + "<div class=\"matrices\">\n\(groups.map(table).joined())</div>\n")
  }

  /// What memory of another node costs at most, over all cells with both.
  private var title: String {
    let excesses = groups.flatMap { results in
      results.compactMap { local -> Double? in
        guard local.cell.cpuNode == local.cell.memoryNode, let cost = local.median, cost > 0 else { return nil }
        let remote = results.filter {
          $0.cell.mode == local.cell.mode && $0.cell.cpuNode == local.cell.cpuNode
            && $0.cell.memoryNode != local.cell.memoryNode
        }
        return remote.compactMap(\.median).map { ($0 / cost - 1) * 100 }.max()
      }
    }
    guard let least = excesses.min(), let most = excesses.max() else { return "By NUMA node" }
    let range = [least, most].map(Self.signed)
    let words = range[0] == range[1] ? range[0] : range.joined(separator: " to ")
    return "Memory of another node: \(words) % beside memory of the CPU's own"
  }

  private func table(_ results: [CellResult]) -> String {
    let cell = results[0].cell
    let differences = usual.differences(cell, places: false)
    let name = "\(cell.transport.rawValue)\(differences), \(cell.operation.rawValue), \(cell.pattern.rawValue)"
    let memory = Set(results.map(\.cell.memoryNode)).sorted()
    let rows = Mode.allCases.flatMap { mode -> [String] in
      let ofMode = results.filter { $0.cell.mode == mode }
      guard let cheapest = ofMode.compactMap(\.median).min() else { return [] }
      return Set(ofMode.map(\.cell.cpuNode)).sorted().map { cpu in
        let cells = memory.map { node in
          Self.cell(ofMode.first { $0.cell.cpuNode == cpu && $0.cell.memoryNode == node }, cheapest)
        }
        return "<tr><th scope=\"row\">\(mode.rawValue), CPU of \(cpu)</th>\(cells.joined())</tr>\n"
      }
    }
    let head = HTMLText.head([""] + memory.map { "memory of \($0)" })
    let classes = facets.classes(cell, only: ["transport", "operation", "pattern", "message size", "connections"])
    return "<div class=\"\(classes)\">"
      + HTMLText.scrolling(
        "Nodes of \(name)",
        "<table class=\"heat\">\n<caption>\(HTMLText.escaped(name))</caption>\n\(head)<tbody>\n\(rows.joined())</tbody>\n</table>"
      )
      + "</div>\n"
  }

  private static func cell(_ result: CellResult?, _ cheapest: Double) -> String {
    guard let result else { return "<td></td>" }
    guard let median = result.median else {
      return "<td class=\"none\">\(HTMLText.escaped(result.status.rawValue))</td>"
    }
    let excess = cheapest > 0 ? (median / cheapest - 1) * 100 : 0
    let cost = median == cheapest ? result.medianText : "\(signed(excess))%"
    let pages = result.placement.buffers.filter { $0.value > 0 }
    let asked = "\(result.cell.memoryNode)"
    let words = pages.keys.sorted().map { pages.count == 1 ? $0 : "\($0) (\(pages[$0] ?? 0))" }
    let isElsewhere = pages.keys.contains { $0 != asked }
    let found = words.isEmpty ? "no pages seen" : "\(isElsewhere ? "! " : "")on \(words.joined(separator: ", "))"
    return
      "<td class=\"\(HTMLText.shade(excess))\">\(HTMLText.escaped(cost))<small>\(HTMLText.escaped(found))</small></td>"
  }

  private static func signed(_ percent: Double) -> String {
    let text = Decimals.text(percent, 0)
    return text == "-0" ? "0" : percent.rounded() > 0 ? "+\(text)" : text
  }
}
