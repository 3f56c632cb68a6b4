// epoll, and what else Swift's module for the C library leaves out, as functions with fixed arguments.

#ifndef COROS_EPOLL_SHIM_H
#define COROS_EPOLL_SHIM_H

#if defined(__linux__)

#include <stdint.h>
#include <sys/epoll.h>
#include <sys/socket.h>

extern int accept4(int, struct sockaddr *, socklen_t *, int);

// Watches a descriptor in both directions, edge-triggered; what comes for it carries the key.
static inline int coros_epoll_watch(int epoll, int descriptor, uint64_t key) {
  struct epoll_event event;
  event.events = EPOLLIN | EPOLLOUT | EPOLLPRI | EPOLLRDHUP | EPOLLET;
  event.data.u64 = key;
  return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

// Ends the watch over a descriptor.
static inline void coros_epoll_forget(int epoll, int descriptor) {
  struct epoll_event none = {0};
  epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, &none);
}

static inline uint64_t coros_epoll_key(const struct epoll_event *event) { return event->data.u64; }

static inline int coros_epoll_may_read(const struct epoll_event *event) {
  return (event->events & (EPOLLIN | EPOLLPRI | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
}

// Whether something else than more bytes may be said by the next attempts: the end of what comes in, an error, or an urgent
// byte, at which each attempt stops.
static inline int coros_epoll_is_special(const struct epoll_event *event) {
  return (event->events & (EPOLLPRI | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
}

static inline int coros_epoll_may_write(const struct epoll_event *event) {
  return (event->events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0;
}

// Takes a connection, non-blocking and not for the programs that this process starts.
static inline int coros_accept(int descriptor, struct sockaddr *address, socklen_t *length) {
  return accept4(descriptor, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

#endif
#endif
