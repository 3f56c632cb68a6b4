#define _GNU_SOURCE
// An echo server on bare epoll, level-triggered: what the system itself costs. epoll PORT
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int count, char **words) {
  if (count < 2) return 2;
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(words[1]))};
  inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), yes = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 4096)) return 1;
  int poll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[256];
  epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
  static char buffer[65536];
  for (;;) {
    int found = epoll_wait(poll, events, 256, -1);
    for (int index = 0; index < found; index++) {
      int descriptor = events[index].data.fd;
      if (descriptor == listener) {
        int guest;
        while ((guest = accept4(listener, 0, 0, SOCK_NONBLOCK)) >= 0) {
          setsockopt(guest, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
          event = (struct epoll_event){.events = EPOLLIN, .data.fd = guest};
          epoll_ctl(poll, EPOLL_CTL_ADD, guest, &event);
        }
        continue;
      }
      ssize_t got = recv(descriptor, buffer, sizeof buffer, 0);
      if (got <= 0 || send(descriptor, buffer, got, MSG_NOSIGNAL) != got) close(descriptor);
    }
  }
}
