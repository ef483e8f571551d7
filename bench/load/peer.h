// One WebSocket client that counts frames and never looks into them.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAX_STEPS 16
#define MAX_TEXT 4096

// What every peer does to get in: say a line, wait for so many frames, and on.
struct script {
  int port;
  const char *path;
  const char *protocol;             // "" for none
  int channels;                     // "%d" in a line is the peer's number modulo this
  int steps;
  const char *say[MAX_STEPS];       // "" says nothing
  int expect[MAX_STEPS];
};

enum stage { CONNECTING, UPGRADING, ENTERING, IN, GONE };

struct peer {
  int fd;
  int number;
  enum stage stage;
  int step;
  int awaited;                      // frames until the next step
  int matched;                      // of the blank line that ends the response
  uint8_t head[14];                 // a frame's header that came in pieces
  int head_length;
  uint64_t left;                    // payload bytes still to come
  bool is_control;                  // a ping, a close, or Engine.IO's heartbeat: not counted
  uint64_t frames;                  // whole data frames since it is in
};

void peer_connect(struct peer *peer, const struct script *script);
void peer_connected(struct peer *peer, const struct script *script);
// Reads what is there; calls back for each data frame of a peer that is in, and once when it gets in.
void peer_read(struct peer *peer, const struct script *script, void (*on_in)(struct peer *), void (*on_frame)(struct peer *));
void peer_say(struct peer *peer, const char *text, int channels);
uint64_t now_ns(void);
void die(const char *what);

extern uint64_t bytes_read;
