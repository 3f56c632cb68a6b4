import NIOCore
import NIOHTTP1
import NIOPosix

/// An echo server or a web server on SwiftNIO, on one loop: `niopeer handler-echo|handler-http|async-echo PORT`.
@main
enum Main {
  static func main() async throws {
    let words = CommandLine.arguments
    guard words.count == 3, let port = Int(words[2]) else {
      fatalError("usage: niopeer handler-echo|handler-http|async-echo PORT")
    }
    let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
      .serverChannelOption(.backlog, value: 4_096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
    switch words[1] {
    case "handler-echo":
      try await serve(
        bootstrap.childChannelInitializer { channel in channel.pipeline.addHandler(Echo()) },
        port
      )
    case "handler-http":
      try await serve(
        bootstrap.childChannelInitializer { channel in
          channel.pipeline.configureHTTPServerPipeline().flatMap {
            channel.pipeline.addHandler(Page())
          }
        },
        port
      )
    default: try await serveTasks(bootstrap, port)
    }
  }

  private static func serve(_ bootstrap: ServerBootstrap, _ port: Int) async throws {
    let server = try await bootstrap.bind(host: "127.0.0.1", port: port).get()
    try await server.closeFuture.get()
  }

  /// The form that new code is written in: a task for each client.
  private static func serveTasks(_ bootstrap: ServerBootstrap, _ port: Int) async throws {
    let server = try await bootstrap.bind(host: "127.0.0.1", port: port) { channel in
      channel.eventLoop.makeCompletedFuture {
        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
      }
    }
    try await withThrowingDiscardingTaskGroup { group in
      try await server.executeThenClose { guests in
        for try await guest in guests {
          group.addTask {
            try? await guest.executeThenClose { input, output in
              for try await bytes in input { try await output.write(bytes) }
            }
          }
        }
      }
    }
  }

  private final class Echo: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      context.writeAndFlush(data, promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }

  /// Answers each request with the same page.
  private final class Page: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard case .end = unwrapInboundIn(data) else { return }
      let headers = HTTPHeaders([("Content-Length", "6")])
      let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)
      let body = context.channel.allocator.buffer(string: "hello\n")
      context.write(wrapOutboundOut(.head(head)), promise: nil)
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }
}
