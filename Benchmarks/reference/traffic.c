#include "traffic.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
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

int open_traffic(struct traffic *traffic, bool pipe, size_t message_size, unsigned batch, struct failure *failure) {
  *traffic = (struct traffic){
      .sender = -1, .receiver = -1, .message_size = message_size, .message = malloc(message_size)};
  if (!traffic->message) return fail(failure, STATUS_FAILED, "setup", ENOMEM, "no memory for a message");
  return pipe ? open_pipe(traffic, batch, failure) : open_sockets(traffic, batch, failure);
}

void close_traffic(struct traffic *traffic) {
  close(traffic->sender);
  close(traffic->receiver);
  free(traffic->message);
}

int queue_messages(struct traffic *traffic, unsigned count, struct failure *failure) {
  for (unsigned i = 0; i < count; i++) {
    for (size_t at = 0; at < traffic->message_size; at++) traffic->message[at] = payload_byte(traffic->sent, at);
    ssize_t written = write(traffic->sender, traffic->message, traffic->message_size);
    if (written != (ssize_t)traffic->message_size) {
      return fail(failure, STATUS_UNSUPPORTED, "setup", written < 0 ? errno : 0,
                  "the transport holds %u of the %u messages of a batch; a smaller --batch would fit", i, count);
    }
    traffic->sent++;
  }
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
