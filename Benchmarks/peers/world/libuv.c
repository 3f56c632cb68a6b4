// An echo server on libuv. libuv PORT
#include <stdlib.h>
#include <uv.h>

static char shared[65536];

static void room(uv_handle_t *handle, size_t size, uv_buf_t *buffer) {
  *buffer = uv_buf_init(shared, sizeof shared);
}

static void closed(uv_handle_t *handle) { free(handle); }

static void came(uv_stream_t *guest, ssize_t count, const uv_buf_t *buffer) {
  if (count < 0) {
    uv_close((uv_handle_t *)guest, closed);
    return;
  }
  uv_buf_t out = uv_buf_init(buffer->base, count);
  if (count > 0 && uv_try_write(guest, &out, 1) != count) uv_close((uv_handle_t *)guest, closed);
}

static void visited(uv_stream_t *listener, int status) {
  uv_tcp_t *guest = malloc(sizeof *guest);
  uv_tcp_init(listener->loop, guest);
  if (status < 0 || uv_accept(listener, (uv_stream_t *)guest)) {
    uv_close((uv_handle_t *)guest, closed);
    return;
  }
  uv_tcp_nodelay(guest, 1);
  uv_read_start((uv_stream_t *)guest, room, came);
}

int main(int count, char **words) {
  uv_loop_t *loop = uv_default_loop();
  uv_tcp_t listener;
  struct sockaddr_in address;
  uv_ip4_addr("127.0.0.1", atoi(words[1]), &address);
  uv_tcp_init(loop, &listener);
  uv_tcp_bind(&listener, (struct sockaddr *)&address, 0);
  if (uv_listen((uv_stream_t *)&listener, 4096, visited)) return 1;
  return uv_run(loop, UV_RUN_DEFAULT);
}
