import CorosTestSupport
import Foundation
import Testing

@testable import CorosCommands
@testable import CorosHistory
@testable import CorosLanguage
@testable import CorosShell

/// `explore --html`: a failure on a page, beside an order of steps that passes.
struct OrdersPageTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var file: String { folder.file("orders.html") }

  private func explore(_ tasks: String) -> (TestShell, String) {
    let session = TestShell.keepingGoing()
    session.type(tasks)
    return (session, session.type("explore --html '\(file)'"))
  }

  @Test func `both orders are on the page, and on branches`() throws {
    let (session, said) = explore("spawn abba")
    #expect(
      said.replacing("\n  ", with: " ")
        .contains("shows it beside branch 2, an order of steps that passes: they part at tick ")
    )
    #expect(said.contains("branch 3 stands there"))
    let page = try Validator.read(file, by: "page.py")
    let pictures = try #require(page["pictures"] as? [String])
    #expect(pictures.count == 2)
    #expect(
      pictures[0].contains("The order that fails") && pictures[0].contains("class=\"deadlock\"")
    )
    #expect(
      pictures[1].contains("An order that passes") && !pictures[1].contains("class=\"deadlock\"")
    )
    #expect(pictures.allSatisfy { $0.contains("stroke-dasharray=\"5 3\"") })
    #expect(page["schedule"] as? String == session.shell.machine.schedule.description)
    let text = try #require(folder.read("orders.html"))
    #expect(text.contains("<h2 id=\"orders-title\">Two orders</h2>"))
    #expect(text.contains("runs instead, and all ends well."))
    // The machine stands at the failure, and the other order is a branch as any other.
    #expect(session.type("deadlock; why 2").contains("circle"))
    #expect(session.type("branch 2; ps").contains("no live tasks"))
  }

  @Test func `where every order fails, the page says so`() throws {
    let (_, said) = explore(
      "mutex m; program stuck { lock m; lock m }; spawn stuck x2"
    )
    #expect(
      said.replacing("\n  ", with: " ").contains("no order of steps like it was found that passes")
    )
    let text = try #require(folder.read("orders.html"))
    #expect(text.contains("No order of steps like this one was found that passes."))
    #expect(try Validator.read(file, by: "page.py")["pictures"] as? [String] == [])
  }

  @Test func `without a failure there is no page`() throws {
    let (_, said) = explore("spawn count 2; spawn count 2")
    #expect(said.contains("None fails"))
    #expect(folder.read("orders.html") == nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func `a page that cannot be written is refused before the search`() throws {
    folder.write("mine", to: "orders.html")
    let (session, said) = explore("spawn abba")
    #expect(said.contains("orders.html") && !said.contains("tried"))
    #expect(session.shell.machine.branch == 1)
    #expect(folder.read("orders.html") == "mine")
    let both = session.type("explore --html a --resume b")
    #expect(both.contains("--html does not go with --resume"))
  }
}
