import CorosKernel
import Shop

/// Keeps a shop open: in another terminal, `coros attach shop` and then `orders`, `ps`, `why delivery`.
@main
enum Main {
  static func main() async throws {
    let shop = try Shop()
    print("look at it with: coros attach shop")
    while true {
      shop.run(ticks: 10)
      try await Task.sleep(for: .milliseconds(100))
    }
  }
}
