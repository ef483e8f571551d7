#include "peer.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const uint8_t MASK[4] = {0x37, 0xfa, 0x21, 0x3d};
uint64_t bytes_read = 0;

uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t); // the clock of Node's process.hrtime too
  return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

void die(const char *what) {
  fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void write_all(struct peer *peer, const void *bytes, size_t length) {
  if (send(peer->fd, bytes, length, MSG_NOSIGNAL) != (ssize_t)length && peer->stage != GONE) die("send");
}

void peer_connect(struct peer *peer, const struct script *script) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(script->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int one = 1;
  peer->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (peer->fd < 0) die("socket");
  setsockopt(peer->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(peer->fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS) die("connect");
  peer->stage = CONNECTING;
}

void peer_connected(struct peer *peer, const struct script *script) {
  char request[1024];
  int has_protocol = script->protocol[0] != 0;
  int length = snprintf(request, sizeof request,
    "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s%s%s\r\n",
    script->path, has_protocol ? "Sec-WebSocket-Protocol: " : "", script->protocol, has_protocol ? "\r\n" : "");
  peer->stage = UPGRADING;
  write_all(peer, request, length);
}

static void say_frame(struct peer *peer, uint8_t opcode, const char *text, size_t length) {
  uint8_t frame[MAX_TEXT + 8];
  size_t head = length < 126 ? 2 : 4;
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (length < 126 ? length : 126);
  if (head == 4) { frame[2] = length >> 8; frame[3] = length & 255; }
  memcpy(frame + head, MASK, 4);
  for (size_t i = 0; i < length; i++) frame[head + 4 + i] = text[i] ^ MASK[i & 3];
  write_all(peer, frame, head + 4 + length);
}

void peer_say(struct peer *peer, const char *text, int channels) {
  char line[MAX_TEXT];
  const char *hole = strstr(text, "%d");
  int length = hole ? snprintf(line, sizeof line, "%.*s%d%s", (int)(hole - text), text, peer->number % channels, hole + 2)
                    : snprintf(line, sizeof line, "%s", text);
  if (length >= MAX_TEXT) die("a line too long");
  say_frame(peer, 1, line, length);
}

// Says what the steps want said, up to one that waits for an answer.
static void walk(struct peer *peer, const struct script *script, void (*on_in)(struct peer *)) {
  while (peer->step < script->steps && peer->awaited == 0) {
    if (script->say[peer->step][0]) peer_say(peer, script->say[peer->step], script->channels);
    peer->awaited = script->expect[peer->step++];
  }
  if (peer->awaited > 0) return;
  peer->stage = IN;
  on_in(peer);
}

static size_t read_response(struct peer *peer, const uint8_t *bytes, size_t length) {
  static const char END[] = "\r\n\r\n";
  size_t at = 0;
  while (at < length && peer->matched < 4) {
    peer->matched = bytes[at] == (uint8_t)END[peer->matched] ? peer->matched + 1 : bytes[at] == '\r';
    at++;
  }
  return at;
}

// Takes a frame's header, in pieces if need be; true when it is whole.
static bool read_head(struct peer *peer, const uint8_t **bytes, size_t *length) {
  int wanted = 2;
  while (*length > 0) {
    peer->head[peer->head_length++] = *(*bytes)++;
    (*length)--;
    if (peer->head_length >= 2) wanted = peer->head[1] == 127 ? 10 : peer->head[1] == 126 ? 4 : 2;
    if (peer->head_length < wanted) continue;
    peer->left = peer->head[1];
    if (wanted > 2) peer->left = 0;
    for (int i = 2; i < wanted; i++) peer->left = peer->left << 8 | peer->head[i];
    bool is_heartbeat = peer->head[0] == 0x81 && peer->left == 1; // Engine.IO's own "2"; no contender says as little
    peer->is_control = (peer->head[0] & 8) || is_heartbeat;
    if (peer->head[0] == 0x89) say_frame(peer, 10, "", 0);
    if (is_heartbeat) say_frame(peer, 1, "3", 1);
    peer->head_length = 0;
    return true;
  }
  return false;
}

void peer_read(struct peer *peer, const struct script *script, void (*on_in)(struct peer *), void (*on_frame)(struct peer *)) {
  static uint8_t buffer[256 * 1024];
  ssize_t got = recv(peer->fd, buffer, sizeof buffer, 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) { peer->stage = GONE; close(peer->fd); return; }
  const uint8_t *bytes = buffer;
  size_t length = got;
  bytes_read += length;
  if (peer->stage == UPGRADING) {
    if (peer->matched == 0 && (length < 12 || memcmp(bytes, "HTTP/1.1 101", 12))) { errno = EPROTO; die("upgrade refused"); }
    size_t taken = read_response(peer, bytes, length);
    bytes += taken;
    length -= taken;
    if (peer->matched < 4) return;
    peer->stage = ENTERING;
    walk(peer, script, on_in);
  }
  while (length > 0) {
    if (peer->left == 0 && !read_head(peer, &bytes, &length)) return;
    size_t taken = peer->left < length ? peer->left : length;
    peer->left -= taken;
    bytes += taken;
    length -= taken;
    if (peer->left > 0 || peer->is_control) continue;
    if (peer->stage == IN) { peer->frames++; on_frame(peer); }
    else if (peer->stage == ENTERING && --peer->awaited == 0) walk(peer, script, on_in);
  }
}
