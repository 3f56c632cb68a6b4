// Clients for an echo server: load PORT CONNECTIONS SECONDS [idle|wake|first]
// Closed loop: each of the connections sends 64 bytes, waits until they have come back, and sends again. Prints how many
// came back within the time. `idle` sends once by each connection and then holds them open for the time. `wake` has one
// connection that sends, waits 2 ms after each answer, and prints the times to the answer in microseconds. `first` prints
// the times to the moment that the server writes into its answer, in nanoseconds of the same clock.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { size = 64 };
static char message[size];

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static int reach(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  // Servers that start slowly are waited for.
  for (int attempt = 0; attempt < 1000; attempt++) {
    int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(descriptor, (struct sockaddr *)&address, sizeof address) == 0) {
      int yes = 1;
      setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
      return descriptor;
    }
    close(descriptor);
    usleep(10000);
  }
  perror("connect");
  exit(1);
}

int main(int count, char **words) {
  if (count < 4) return 2;
  int port = atoi(words[1]), connections = atoi(words[2]);
  double seconds = atof(words[3]);
  const char *mode = count > 4 ? words[4] : "load";
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  memset(message, 'x', size);
  char buffer[4096];
  int isFirst = !strcmp(mode, "first");
  if (!strcmp(mode, "wake") || isFirst) {
    int descriptor = reach(port);
    double end = now() + seconds;
    while (now() < end) {
      double begin = now();
      int got = 0;
      if (write(descriptor, message, size) != size) return 1;
      while (got < size) {
        ssize_t part = read(descriptor, buffer + got, size - got);
        if (part <= 0) return 1;
        got += part;
      }
      long long moment;
      memcpy(&moment, buffer, sizeof moment);
      printf("%.1f\n", ((isFirst ? moment / 1e9 : now()) - begin) * 1e6);
      usleep(2000);
    }
    return 0;
  }
  int poll = epoll_create1(0);
  int *got = calloc(connections + 4096, sizeof(int) * 4);
  for (int index = 0; index < connections; index++) {
    int descriptor = reach(port);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = descriptor};
    epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event);
    if (write(descriptor, message, size) != size) return 1;
  }
  // The clock begins when all are connected.
  printf("ready\n");
  fflush(stdout);
  int isIdle = !strcmp(mode, "idle");
  long done = 0;
  double end = now() + seconds;
  struct epoll_event events[256];
  while (now() < end) {
    int found = epoll_wait(poll, events, 256, 50);
    for (int index = 0; index < found; index++) {
      int descriptor = events[index].data.fd;
      ssize_t part = read(descriptor, buffer, sizeof buffer);
      if (part <= 0) {
        fprintf(stderr, "the server hung up\n");
        return 1;
      }
      got[descriptor] += part;
      if (got[descriptor] < size) continue;
      got[descriptor] = 0;
      done++;
      if (!isIdle && write(descriptor, message, size) != size) return 1;
    }
  }
  printf("%ld\n", done);
  return 0;
}
