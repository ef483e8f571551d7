#include "peer.h"
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

// Remembers the value of the response header that every POST sends back. The head comes in one piece on the loopback.
void sse_keep_token(struct peer *peer, const struct script *script, const uint8_t *head, size_t length) {
  size_t name = strlen(script->echo);
  for (size_t at = 0; at + name + 2 < length; at++) {
    if (head[at] != '\n' || strncasecmp((const char *)head + at + 1, script->echo, name) || head[at + 1 + name] != ':') continue;
    size_t from = at + name + 3;
    for (size_t i = 0; from + i < length && head[from + i] != '\r' && i + 1 < sizeof peer->token; i++) peer->token[i] = head[from + i];
    return;
  }
}

// One connection carries the POSTs of all peers, each request behind the last.
static int post_fd = -1;

static void read_post_responses(void) {
  static char buffer[64 * 1024];
  for (ssize_t got; post_fd >= 0;) {
    got = recv(post_fd, buffer, sizeof buffer - 1, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) { close(post_fd); post_fd = -1; return; }
    buffer[got] = 0;
    for (const char *status = buffer; (status = strstr(status, "HTTP/1.1 ")); status += 9)
      if (status[9] && status[9] != '2') { fprintf(stderr, "%s\n", status); errno = EPROTO; die("the server refused a POST"); }
  }
}

void sse_post(struct peer *peer, const struct script *script, const char *body, size_t length) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(script->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  char headers[MAX_TEXT], request[4 * MAX_TEXT];
  read_post_responses();
  if (post_fd < 0) {
    post_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (post_fd < 0 || connect(post_fd, (struct sockaddr *)&to, sizeof to) < 0) die("connect for a POST");
  }
  expand(headers, sizeof headers, script->headers, peer, script);
  int size = snprintf(request, sizeof request,
    "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s%s: %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
    script->path, script->port, headers, script->echo, peer->token, length, body);
  if (send(post_fd, request, size, MSG_NOSIGNAL) != size) die("send a POST");
}

// An event ends at an empty line; comments and fields without data are none.
static void read_events(struct peer *peer, const struct script *script, const uint8_t *bytes, size_t length) {
  for (const uint8_t *end = bytes + length; bytes < end; bytes++) {
    if (*bytes == '\n') {
      bool is_event = !peer->is_mid_line && peer->has_data;
      if (!peer->is_mid_line) peer->has_data = false;
      peer->is_mid_line = false;
      if (is_event) peer_frame(peer, script);
      continue;
    }
    if (!peer->is_mid_line && *bytes == 'd') peer->has_data = true; // no other field begins so
    peer->is_mid_line = true;
  }
}

void sse_read(struct peer *peer, const struct script *script, const uint8_t *bytes, size_t length) {
  while (length > 0) {
    size_t taken = 1;
    switch (peer->chunk) {
    case CHUNK_SIZE:
      if (*bytes == '\n') peer->chunk = CHUNK_DATA;
      else if (isxdigit(*bytes)) peer->left = peer->left * 16 + (isdigit(*bytes) ? *bytes - '0' : (*bytes | 32) - 'a' + 10);
      break;
    case CHUNK_DATA:
      taken = peer->left < length ? peer->left : length;
      peer->left -= taken;
      read_events(peer, script, bytes, taken);
      if (peer->left == 0) peer->chunk = CHUNK_TAIL;
      break;
    case CHUNK_TAIL:
      if (*bytes == '\n') peer->chunk = CHUNK_SIZE;
      break;
    }
    bytes += taken;
    length -= taken;
  }
}
