#include "traffic.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static unsigned char payload_byte(uint64_t sequence, size_t index) {
  return index < 8 ? (unsigned char)(sequence >> 8 * index) : (unsigned char)(sequence * 31 + index);
}

static int open_sockets(struct traffic *traffic, unsigned batch, struct failure *failure) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0) {
    return fail(failure, STATUS_FAILED, "setup", errno, "a socket pair cannot be made");
  }
  traffic->receiver = ends[0];
  traffic->sender = ends[1];
  // A message is charged with its socket buffer's bookkeeping and with the rounding of its memory.
  size_t wanted = batch * (2 * traffic->message_size + 2048);
  int bytes = wanted > 1 << 30 ? 1 << 30 : (int)wanted;
  if (setsockopt(traffic->sender, SOL_SOCKET, SO_SNDBUFFORCE, &bytes, sizeof bytes) != 0) {
    setsockopt(traffic->sender, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
  }
  return 0;
}

static void enlarge(int socket, int forced, int ordinary, int bytes) {
  if (setsockopt(socket, SOL_SOCKET, forced, &bytes, sizeof bytes) != 0) {
    setsockopt(socket, SOL_SOCKET, ordinary, &bytes, sizeof bytes);
  }
}

// Connects the sender to a listener at a free port; -1 with errno.
static int connect_tcp(struct traffic *traffic, int listener, int bytes) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  enlarge(listener, SO_RCVBUFFORCE, SO_RCVBUF, bytes);  // what it accepts inherits the size
  if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 1) != 0) return -1;
  if (getsockname(listener, (struct sockaddr *)&address, &length) != 0) return -1;
  traffic->sender = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (traffic->sender < 0) return -1;
  enlarge(traffic->sender, SO_SNDBUFFORCE, SO_SNDBUF, bytes);
  if (connect(traffic->sender, (struct sockaddr *)&address, sizeof address) != 0) return -1;
  traffic->receiver = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
  const int on = 1;
  setsockopt(traffic->sender, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(traffic->receiver, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return traffic->receiver < 0 || fcntl(traffic->sender, F_SETFL, O_NONBLOCK) != 0 ? -1 : 0;
}

static int open_tcp(struct traffic *traffic, unsigned messages, struct failure *failure) {
  const size_t wanted = messages * (2 * traffic->message_size + 2048) + (16 << 10);
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int result = listener < 0 ? -1 : connect_tcp(traffic, listener, wanted > 1 << 30 ? 1 << 30 : (int)wanted);
  const int error = errno;
  if (listener >= 0) close(listener);
  return result == 0 ? 0 : fail(failure, STATUS_FAILED, "setup", error, "a TCP connection cannot be made");
}

// A file without a name, filled with messages.
static int open_file(struct traffic *traffic, unsigned messages, const char *directory, struct failure *failure) {
  char path[4096];
  const char *temporary = getenv("TMPDIR");
  if (!directory) directory = temporary && *temporary ? temporary : "/tmp";
  snprintf(path, sizeof path, "%s/ringbench-XXXXXX", directory);
  traffic->receiver = mkostemp(path, O_CLOEXEC);
  if (traffic->receiver < 0) return fail(failure, STATUS_UNSUPPORTED, "setup", errno, "a file cannot be made");
  unlink(path);
  for (unsigned i = 0; i < messages; i++) {
    for (size_t at = 0; at < traffic->message_size; at++) traffic->message[at] = payload_byte(i, at);
    const ssize_t written = write(traffic->receiver, traffic->message, traffic->message_size);
    if (written != (ssize_t)traffic->message_size) {
      return fail(failure, STATUS_UNSUPPORTED, "setup", written < 0 ? errno : ENOSPC, "a file cannot be filled");
    }
  }
  return 0;
}

static int open_pipe(struct traffic *traffic, unsigned batch, struct failure *failure) {
  int ends[2];
  if (pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0) {
    return fail(failure, STATUS_FAILED, "setup", errno, "a pipe cannot be made");
  }
  traffic->receiver = ends[0];
  traffic->sender = ends[1];
  const size_t page = (size_t)sysconf(_SC_PAGESIZE), size = traffic->message_size;
  // A write goes on in the last page only where it fits there whole.
  size_t pages = size <= page ? (batch + page / size - 1) / (page / size) : batch * ((size + page - 1) / page);
  if (pages <= 16) return 0;  // what a pipe has from the start
  if (pages * page > 1 << 30 || fcntl(traffic->sender, F_SETPIPE_SZ, (int)(pages * page)) < 0) {
    return fail(failure, STATUS_UNSUPPORTED, "setup", errno, "a pipe cannot hold a batch of %u messages of %zu bytes",
                batch, size);
  }
  return 0;
}

int open_traffic(struct traffic *traffic, enum medium medium, size_t message_size, unsigned messages,
                 const char *directory, struct failure *failure) {
  *traffic = (struct traffic){.medium = medium,
                              .sender = -1,
                              .receiver = -1,
                              .message_size = message_size,
                              .message = malloc(message_size)};
  if (!traffic->message) return fail(failure, STATUS_FAILED, "setup", ENOMEM, "no memory for a message");
  switch (medium) {
    case MEDIUM_SEQPACKET: return open_sockets(traffic, messages, failure);
    case MEDIUM_TCP: return open_tcp(traffic, messages, failure);
    case MEDIUM_PIPE: return open_pipe(traffic, messages, failure);
    case MEDIUM_FILE: return open_file(traffic, messages, directory, failure);
  }
  return -1;
}

void close_traffic(struct traffic *traffic) {
  if (traffic->sender >= 0) close(traffic->sender);
  if (traffic->receiver >= 0) close(traffic->receiver);
  free(traffic->message);
}

// Waits until as many bytes can be received. An acknowledgement that TCP delays is sent: its sender may wait for it.
static void await_arrival(const struct traffic *traffic, size_t bytes) {
  int arrived = 0, once = 2;
  while (ioctl(traffic->receiver, FIONREAD, &arrived) == 0 && (size_t)arrived < bytes) {
    setsockopt(traffic->receiver, IPPROTO_TCP, TCP_QUICKACK, &once, sizeof once);
  }
}

int queue_messages(struct traffic *traffic, unsigned count, struct failure *failure) {
  if (traffic->medium == MEDIUM_FILE) return 0;
  for (unsigned i = 0; i < count; i++) {
    for (size_t at = 0; at < traffic->message_size; at++) traffic->message[at] = payload_byte(traffic->sent, at);
    ssize_t written = write(traffic->sender, traffic->message, traffic->message_size);
    if (written != (ssize_t)traffic->message_size) {
      return fail(failure, STATUS_UNSUPPORTED, "setup", written < 0 ? errno : 0,
                  "the transport holds %u of the %u messages of a batch; a smaller --batch would fit", i, count);
    }
    traffic->sent++;
  }
  if (traffic->medium == MEDIUM_TCP) await_arrival(traffic, count * traffic->message_size);
  return 0;
}

bool check_payload(struct traffic *traffic, const unsigned char *data, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if (traffic->to_next_header == 0) {
      traffic->expected++;
      traffic->to_next_header = traffic->message_size;
    }
    if (data[i] != payload_byte(traffic->expected - 1, traffic->message_size - traffic->to_next_header)) return false;
    traffic->to_next_header--;
  }
  return true;
}
