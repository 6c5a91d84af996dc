import Base
import Documents
import Foundation
import Statistics
import TestSupport
import Testing
import Vocabulary

@testable import Reporting

/// Explanations in pages.
@Suite struct ExplanationPageTests {
  private let pair = ProfiledExplanation(Sample.profiles)

  private func frames(_ profiles: [CallProfile], _ side: Int) -> [FlameFrame] {
    FlameFrames(profiles[side], other: profiles[1 - side], isOld: side == 0).frames
  }

  @Test func aPageHasTheAnswerFirst() async throws {
    let page = ExplanationPage(
      [pair, ProfiledExplanation([Sample.newProfile])], command: ["ringbench", "explain", "--kernel", "a b"],
      facts: [("QEMU", "10.0.8")]
    ).text
    try await PageReader.expect(
      page, "[e.get('id') for e in page.iter('section')]", "['verdict', 'explanation', 'provenance']")
    let first = "''.join(section('verdict').find('p').itertext())"
    try await PageReader.expect(
      page, "\(first).startswith('One operation takes 35.12 instructions more (+2.73 %): 1284.4 on Linux 6.1')", "True")
    try await PageReader.expect(
      page, "[a.get('id') for a in page.iter('article')]", "['explanation-1', 'explanation-2']")
    try await PageReader.expect(page, "len([e for e in page.iter('svg')]), len(set(ids)) == len(ids)", "(3, True)")
    let rows = "{''.join(r[0].itertext()): ''.join(r[1].itertext()) for r in section('provenance').iter('tr')}"
    try await PageReader.expect(
      page, "\(rows)['command'], \(rows)['QEMU']", "(\"ringbench explain --kernel 'a b'\", '10.0.8')")
  }

  @Test func headingsNameWhatDiffers() {
    let heading = ExplanationWords(pair).heading
    #expect(
      heading == "unix-seqpacket legacy oneshot drain, Linux 6.1.0-53-amd64 to 6.12.41+deb13-amd64: +35.12 (+2.73 %)")
    var other = Sample.oldProfile
    other.cell = Sample.cell(.unixSeqpacket, .pbuf, .oneshot).id
    #expect(
      ExplanationWords(ProfiledExplanation([other, Sample.oldProfile])).heading
        == "unix-seqpacket pbuf oneshot drain to unix-seqpacket legacy oneshot drain, Linux 6.1.0-53-amd64: "
        + "0.00 (0.00 %)"
    )
  }

  @Test func differencesAreInATableWithTheirSum() async throws {
    let page = ExplanationPage([pair], command: []).text
    let rows = "[[''.join(d.itertext()) for d in r] for r in section('explanation').find('.//table').iter('tr')]"
    try await PageReader.expect(
      page, "\(rows)[1]", "['io_legacy_select', '90.25', '-', '-90.25', '120.8', '-']")
    try await PageReader.expect(page, "\(rows)[-1]", "['in all', '1284.4', '1319.5', '+35.12', '', '']")
  }

  @Test func whatElseWasCountedIsComparedInAll() async throws {
    let page = ExplanationPage([pair], command: []).text
    let rows = "[[''.join(d.itertext()) for d in r] for r in section('explanation').findall('.//table')[1].iter('tr')]"
    try await PageReader.expect(
      page, "\(rows)[1:]",
      "[['string bytes', '64.00', '64.00', '0.00'], ['string steps', '8.00', '8.00', '0.00']]")
  }

  @Test func oneSideHasItsFurtherColumns() async throws {
    let page = ExplanationPage([ProfiledExplanation([Sample.newProfile])], command: []).text
    let rows = "[[''.join(d.itertext()) for d in r] for r in section('explanation').find('.//table').iter('tr')]"
    let head = "['function', 'self', 'self %', 'inclusive', 'string bytes', 'string steps']"
    try await PageReader.expect(page, "\(rows)[0]", head)
    try await PageReader.expect(page, "\(rows)[-1]", "['in all', '1319.5', '100', '', '64.00', '8.00']")
  }

  // MARK: Flame graphs

  @Test func framesAreAsWideAsTheirCost() throws {
    for side in [0, 1] {
      let frames = frames(pair.profiles, side)
      let figure = pair.profiles[side].instructionsPerOperation
      let bottom = frames.filter { $0.depth == 0 }
      #expect(abs(bottom.reduce(0) { $0 + $1.inclusive } - figure) < 1e-9 * figure)
      #expect(bottom.last?.name == "[clock]")
      // Each lies within its caller.
      for (index, frame) in frames.enumerated() where frame.depth > 0 {
        let caller = try #require(frames[..<index].last { $0.depth == frame.depth - 1 })
        #expect(frame.start >= caller.start - 1e-9)
        #expect(frame.start + frame.inclusive <= caller.start + caller.inclusive + 1e-9)
      }
    }
  }

  @Test func framesAreComparedWithTheOtherSide() throws {
    let (old, new) = (frames(pair.profiles, 0), frames(pair.profiles, 1))
    func change(_ frames: [FlameFrame], _ name: String) throws -> FlameFrame.Change {
      try #require(frames.first { $0.name == name }).change
    }
    guard case .missing = try change(old, "io_legacy_select"), case .missing = try change(new, "io_ring_select"),
      case .function(let moved) = try change(new, "kfree"), case .path(let own, let all) = try change(new, "io_recv"),
      case .path(let same, _) = try change(old, "io_recv")
    else {
      Issue.record("gone, new, moved and changed functions are told apart")
      return
    }
    #expect(moved == 0 && own == 29.75 && all == 32.25 && same == 29.75)
  }

  @Test func whatVanishedAndWhatIsNewIsMarked() async throws {
    let page = ExplanationPage([pair], command: []).text
    func marked(_ kind: String) -> String {
      "[g.find('text').text for g in page.iter('g') if g.get('class') == '\(kind)' and g.find('text') is not None]"
    }
    try await PageReader.expect(page, marked("gone"), "['io_legacy_sel..']")
    try await PageReader.expect(page, marked("fresh"), "['io_rin..']")
    let titles = "[t.text for t in page.iter('title') if t.text.startswith('io_ring_select')]"
    try await PageReader.expect(page, titles, "['io_ring_select: 40.12 itself, 70.62 with all it calls; new']")
    let recv =
      "[(g.get('class'), g.find('title').text) for g in page.iter('g') if 'io_recv' in g.find('title').text][1]"
    try await PageReader.expect(
      page, recv, "('up3', 'io_recv: 180.2 itself (+29.75), 493.8 with all it calls (+32.25)')")
  }

  @Test func everyFrameHasItsNumbersAsATitle() async throws {
    let page = ExplanationPage([pair, ProfiledExplanation([Sample.newProfile])], command: []).text
    let titles = "[g.find('title').text for g in page.iter('g')]"
    try await PageReader.expect(
      page, "len(\(titles)) > 30 and all(' itself' in t and ' with all it calls' in t for t in \(titles))", "True")
  }

  /// The longer side is wider, and no text is wider than its frame.
  @Test func bothSidesHaveOneScale() async throws {
    let page = ExplanationPage([pair], command: []).text
    let ends =
      "[round(max(float(r.get('x')) + float(r.get('width')) for r in s.iter('rect'))) for s in page.iter('svg')]"
    try await PageReader.expect(page, ends, "[1166, 1199]")
    let tooLong =
      "[t.text for g in page.iter('g') for t in g.iter('text') "
      + "if len(t.text) * 6.6 > float(g.find('rect').get('width'))]"
    try await PageReader.expect(page, tooLong, "[]")
  }

  @Test func namesCannotBreakOut() async throws {
    let explained = [[Sample.hostileProfile()], [Sample.hostileProfile(), Sample.oldProfile]].map {
      ProfiledExplanation($0)
    }
    let page = ExplanationPage(explained, command: ["</title>"], facts: [("<b>", "</main>")]).text
    try await PageReader.expect(page, "'script' in tags, 'b' in tags, tags.count('main')", "(False, False, 1)")
    #expect(!page.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || (0x202a...0x202e).contains($0.value) })
  }

  @Test func fiveThousandFunctionsAreNoLargePage() throws {
    var random = SeededRandom(seed: 3)
    var number = 0
    func tree(_ depth: Int) -> CallProfile.Node {
      number += 1
      var node = CallProfile.Node("some_function_of_the_kernel_\(number % 900)")
      node.own[.instructions] = Int.random(in: 1...1000, using: &random)
      if depth < 6 { node.children = (0..<4).map { _ in tree(depth + 1) } }
      return node
    }
    let profiles = Sample.profiles.map { profile in
      var profile = profile
      profile.roots = [tree(0)]
      profile.instructionsPerOperation = Double(profile.instructions) / Double(profile.operations)
      return profile
    }
    #expect(number > 10_000)
    let section = PageExplanation.section([ProfiledExplanation(profiles)])
    #expect(section.utf8.count < 400_000 && section.utf8.count > 100_000)
  }

  // MARK: Other pages

  @Test func aRunShowsTheExplanationsBesideIt() async throws {
    let folder = try TemporaryFolder()
    try ExplanationFolder.write(sides: Sample.profiles, into: folder.path)
    try ExplanationFolder.write(sides: [Sample.newProfile], into: folder.path, number: 2)
    let document = Sample.document([Sample.result(Sample.cell(), [500, 501])])
    try RunFolder(path: folder.path).writePage(document)
    let page = try Files.text(folder.file("report.html"))
    let graphs = "[len(list(a.iter('svg'))) for a in section('explanation').iter('article')]"
    try await PageReader.expect(page, graphs, "[2, 1]")
    #expect(try ReportFormat.html.output(StoredRun(document, in: RunFolder(path: folder.path))) == page)
    #expect(!RunPage(document).text.contains("svg.flame"))
  }

  /// Explanations of other cells or kernels are left from before.
  @Test func aComparisonShowsItsOwnExplanations() async throws {
    let folder = try TemporaryFolder()
    for (name, profile) in zip(["baseline", "new"], Sample.profiles) {
      var document = Sample.deterministic([Sample.result(Sample.cell(.unixSeqpacket, .legacy, .oneshot), [500, 501])])
      document.host.kernelRelease = profile.kernelRelease
      try Files.makeFolder(folder.file(name))
      try Files.write(try ResultsJSON.document(document), to: folder.file("\(name)/results.json"))
    }
    try ExplanationFolder.write(sides: Sample.profiles, into: folder.path)
    try ExplanationFolder.write(sides: Sample.profiles.reversed(), into: folder.path, number: 2)
    let (comparison, _) = try await ComparisonFolder.compare(folder.path, threshold: nil)
    let articles = "[a.get('id') for a in section('explanation').iter('article')]"
    try await PageReader.expect(try Files.text(folder.file("report.html")), articles, "['explanation-1']")
    #expect(!(try ComparisonFormat.html.output(comparison)).contains("<svg class=\"flame\""))
  }
}
