// The two ends of a connection, what is sent over it, and the check of what arrives.
#ifndef RINGBENCH_TRAFFIC_H
#define RINGBENCH_TRAFFIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "failure.h"
#include "plan.h"

struct traffic {
  enum medium medium;
  int sender, receiver;
  size_t message_size;
  unsigned char *message;
  uint64_t sent;  // sequence number of the next message to send

  uint64_t expected;      // sequence number of the next message to arrive
  size_t to_next_header;  // bytes of the message before it that have not arrived
};

// Opens a connection that holds `messages` messages. Of a file, these are all that it has.
int open_traffic(struct traffic *traffic, enum medium medium, size_t message_size, unsigned messages,
                 const char *directory, struct failure *failure);
void close_traffic(struct traffic *traffic);

// Queues messages; all of them fit. A file has its messages already.
int queue_messages(struct traffic *traffic, unsigned count, struct failure *failure);

// Checks every byte; false where one is wrong.
bool check_payload(struct traffic *traffic, const unsigned char *data, size_t length);

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "a sequence number is compared as it lies in memory");

static inline bool is_header(const unsigned char *data, size_t length, uint64_t sequence) {
  if (length >= sizeof sequence) {
    uint64_t found;
    memcpy(&found, data, sizeof found);
    return found == sequence;
  }
  return memcmp(data, &sequence, length) == 0;
}

// Checks the sequence number of each message that starts in the data; false where one is wrong.
static inline bool check_headers(struct traffic *traffic, const unsigned char *data, size_t length) {
  const size_t size = traffic->message_size;
  size_t at = traffic->to_next_header;
  for (; at + size <= length; at += size) {
    if (!is_header(data + at, size, traffic->expected++)) return false;
  }
  for (; at < length; at += size) {
    size_t visible = length - at < size ? length - at : size;
    if (!is_header(data + at, visible, traffic->expected++)) return false;
  }
  traffic->to_next_header = at - length;
  return true;
}

#endif
