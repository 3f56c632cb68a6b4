import NIOCore
import NIOPosix

/// An echo server on SwiftNIO, on one loop: `niopeer handler|async PORT`.
@main
enum Main {
  static func main() async throws {
    let words = CommandLine.arguments
    guard words.count == 3, let port = Int(words[2]) else {
      fatalError("usage: niopeer handler|async PORT")
    }
    let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
      .serverChannelOption(.backlog, value: 4_096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
    if words[1] == "handler" {
      let server = try await bootstrap.childChannelInitializer { channel in
        channel.pipeline.addHandler(Echo())
      }.bind(host: "127.0.0.1", port: port).get()
      try await server.closeFuture.get()
    } else {
      try await serveTasks(bootstrap, port)
    }
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
}
