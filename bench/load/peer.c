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

void write_all(struct peer *peer, const void *bytes, size_t length) {
  if (send(peer->fd, bytes, length, MSG_NOSIGNAL) != (ssize_t)length && peer->stage != GONE) die("send");
}

static int base64url(char *out, size_t size, const char *text) {
  static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  size_t at = 0, length = strlen(text);
  if (length * 4 / 3 + 4 > size) die("a text too long");
  for (size_t i = 0; i < length; i += 3) {
    size_t left = length - i;
    uint32_t bits = (uint8_t)text[i] << 16 | (left > 1 ? (uint8_t)text[i + 1] << 8 : 0) | (left > 2 ? (uint8_t)text[i + 2] : 0);
    for (size_t digit = 0; digit < (left > 2 ? 4 : left + 1); digit++) out[at++] = DIGITS[bits >> (18 - 6 * digit) & 63];
  }
  return (int)at;
}

int expand(char *out, size_t size, const char *text, const struct peer *peer, const struct script *script) {
  size_t at = 0;
  for (; *text && at < size; text++) {
    if (text[0] != '%' || !strchr("dnib", text[1]) || !text[1]) { out[at++] = *text; continue; }
    if (text[1] == 'b') {
      char plain[MAX_TEXT];
      expand(plain, sizeof plain, text + 2, peer, script);
      at += base64url(out + at, size - at, plain);
      break;
    }
    unsigned long long sent = peer->sent;
    switch (*++text) {
    case 'd': at += snprintf(out + at, size - at, "%d", peer->number % script->channels); break;
    case 'n': at += snprintf(out + at, size - at, "%llu", sent); break;
    case 'i': at += snprintf(out + at, size - at, "0.%05d%011llu", peer->number, sent); break; // as long as a real client's
    }
  }
  if (at >= size) die("a text too long");
  out[at] = 0;
  return (int)at;
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
  static const char UPGRADE[] = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  char path[MAX_TEXT], protocol[MAX_TEXT], headers[MAX_TEXT], request[4 * MAX_TEXT];
  int has_protocol = script->protocol[0] != 0;
  expand(path, sizeof path, script->path, peer, script);
  expand(protocol, sizeof protocol, script->protocol, peer, script);
  expand(headers, sizeof headers, script->headers, peer, script);
  int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s%s%s%s%s\r\n", path, script->port,
    headers, script->is_sse ? "Accept: text/event-stream\r\n" : UPGRADE,
    has_protocol ? "Sec-WebSocket-Protocol: " : "", protocol, has_protocol ? "\r\n" : "");
  peer->stage = REQUESTING;
  write_all(peer, request, length);
}

void peer_send(struct peer *peer, const struct script *script, const char *text) {
  char expanded[MAX_TEXT];
  int length = expand(expanded, sizeof expanded, text, peer, script);
  peer->sent++;
  if (script->is_sse) sse_post(peer, script, expanded, length);
  else websocket_send(peer, 1, expanded, length);
}

// Sends what the steps want sent, up to one that waits for frames.
static void walk(struct peer *peer, const struct script *script) {
  while (peer->step < script->steps && peer->awaited == 0) {
    if (script->send[peer->step][0]) peer_send(peer, script, script->send[peer->step]);
    peer->awaited = script->expect[peer->step++];
  }
  if (peer->awaited > 0) return;
  peer->stage = READY;
  script->on_ready(peer);
}

void peer_frame(struct peer *peer, const struct script *script) {
  if (peer->stage == READY) { peer->frames++; script->on_frame(peer); }
  else if (peer->stage == ENTERING && --peer->awaited == 0) walk(peer, script);
}

// How many of these bytes belong to the response's head.
static size_t read_response(struct peer *peer, const uint8_t *bytes, size_t length) {
  static const char END[] = "\r\n\r\n";
  size_t at = 0;
  while (at < length && peer->matched < 4) {
    peer->matched = bytes[at] == (uint8_t)END[peer->matched] ? peer->matched + 1 : bytes[at] == '\r';
    at++;
  }
  return at;
}

void peer_read(struct peer *peer, const struct script *script) {
  static uint8_t buffer[256 * 1024];
  ssize_t got = recv(peer->fd, buffer, sizeof buffer, 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) { peer->stage = GONE; close(peer->fd); return; }
  const uint8_t *bytes = buffer;
  size_t length = got;
  bytes_read += length;
  if (peer->stage == REQUESTING) {
    const char *wanted = script->is_sse ? "HTTP/1.1 200" : "HTTP/1.1 101";
    if (peer->matched == 0 && (length < 12 || memcmp(bytes, wanted, 12))) { errno = EPROTO; die("the server refused the request"); }
    size_t taken = read_response(peer, bytes, length);
    if (script->echo[0]) sse_keep_token(peer, script, bytes, taken);
    bytes += taken;
    length -= taken;
    if (peer->matched < 4) return;
    peer->stage = ENTERING;
    walk(peer, script);
  }
  if (script->is_sse) sse_read(peer, script, bytes, length);
  else websocket_read(peer, script, bytes, length);
}
