#include "peer.h"
#include <string.h>

static const uint8_t MASK[4] = {0x37, 0xfa, 0x21, 0x3d};

void websocket_send(struct peer *peer, uint8_t opcode, const char *text, size_t length) {
  uint8_t frame[MAX_TEXT + 8];
  size_t head = length < 126 ? 2 : 4;
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (length < 126 ? length : 126);
  if (head == 4) { frame[2] = length >> 8; frame[3] = length & 255; }
  memcpy(frame + head, MASK, 4);
  for (size_t i = 0; i < length; i++) frame[head + 4 + i] = text[i] ^ MASK[i & 3];
  write_all(peer, frame, head + 4 + length);
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
    bool is_heartbeat = peer->head[0] == 0x81 && peer->left == 1; // Engine.IO's own "2"; no contender sends so short a text
    peer->is_control = (peer->head[0] & 8) || is_heartbeat;
    if (peer->head[0] == 0x89) websocket_send(peer, 10, "", 0);
    if (is_heartbeat) websocket_send(peer, 1, "3", 1);
    peer->head_length = 0;
    return true;
  }
  return false;
}

void websocket_read(struct peer *peer, const struct script *script, const uint8_t *bytes, size_t length) {
  while (length > 0) {
    if (peer->left == 0 && !read_head(peer, &bytes, &length)) return;
    size_t taken = peer->left < length ? peer->left : length;
    peer->left -= taken;
    bytes += taken;
    length -= taken;
    if (peer->left == 0 && !peer->is_control) peer_frame(peer, script);
  }
}
