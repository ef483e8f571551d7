// One client that counts frames (WebSocket) or events (Server-Sent Events) and never looks into them.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAX_STEPS 16
#define MAX_TEXT 4096

struct peer;

// What every peer does to connect and to subscribe: send a text, wait for so many frames, and on.
// In PATH, PROTOCOL, HEADERS and the texts: "%d" is the peer's number modulo CHANNELS, "%n" counts the peer's messages, "%i" is unique;
// all that follows "%b" is sent as base64url.
struct script {
  int port;
  bool is_sse;                      // else WebSocket
  const char *path;
  const char *protocol;             // the WebSocket sub-protocols; "" for none
  const char *headers;              // more request headers, each with its "\r\n"
  const char *echo;                 // SSE: the response header that every POST sends back; "" for none
  int channels;
  int steps;
  const char *send[MAX_STEPS];      // "" sends nothing
  int expect[MAX_STEPS];
  void (*on_ready)(struct peer *);  // once, after the last step
  void (*on_frame)(struct peer *);  // for each data frame after that
};

enum stage { CONNECTING, REQUESTING, ENTERING, READY, GONE };
enum chunk { CHUNK_SIZE, CHUNK_DATA, CHUNK_TAIL };

struct peer {
  int fd;
  int number;
  enum stage stage;
  int step;
  int awaited;                      // frames until the next step
  int matched;                      // of the blank line that ends the response head
  uint64_t left;                    // payload bytes of the frame, or bytes of the chunk, still to come
  uint64_t frames;                  // whole data frames since it is ready
  uint64_t sent;                    // messages
  int since_sent;                   // frames since its last message
  // WebSocket
  uint8_t head[14];                 // a frame's header that came in pieces
  int head_length;
  bool is_control;                  // a ping, a close, or Engine.IO's heartbeat: not counted
  // SSE
  enum chunk chunk;
  bool is_mid_line, has_data;
  char token[160];                  // the value of the header `echo`
};

void peer_connect(struct peer *peer, const struct script *script);
void peer_connected(struct peer *peer, const struct script *script);
void peer_read(struct peer *peer, const struct script *script);
// A WebSocket frame, or the body of a POST.
void peer_send(struct peer *peer, const struct script *script, const char *text);
// A whole data frame has come.
void peer_frame(struct peer *peer, const struct script *script);
void write_all(struct peer *peer, const void *bytes, size_t length);
int expand(char *out, size_t size, const char *text, const struct peer *peer, const struct script *script);

void websocket_send(struct peer *peer, uint8_t opcode, const char *text, size_t length);
void websocket_read(struct peer *peer, const struct script *script, const uint8_t *bytes, size_t length);

void sse_keep_token(struct peer *peer, const struct script *script, const uint8_t *head, size_t length);
void sse_post(struct peer *peer, const struct script *script, const char *body, size_t length);
void sse_read(struct peer *peer, const struct script *script, const uint8_t *bytes, size_t length);

uint64_t now_ns(void);
void die(const char *what);

extern uint64_t bytes_read;
