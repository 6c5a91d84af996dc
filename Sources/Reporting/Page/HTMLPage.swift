import Documents
import Vocabulary

/// The frame of a page: one file that asks nothing of the network and runs no script.
struct HTMLPage: Sendable {
  let title: String
  /// Rules of this page alone.
  var style = ""
  /// The sections, as HTML.
  let content: String

  var text: String {
    let policy = "default-src 'none'; style-src 'unsafe-inline'"
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta http-equiv="Content-Security-Policy" content="\(policy)"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <title>\(HTMLText.escaped(title))</title>
      <style>
      \(PageStyle.text)\(style)</style>
      </head>
      <body>
      <a class="skip" href="#first">To the answer</a>
      <main id="first">
      <h1>\(HTMLText.escaped(title))</h1>
      \(content)</main>
      </body>
      </html>

      """
  }
}
