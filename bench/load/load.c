// A light load client: some thousand WebSockets or event streams in one thread, driven by lines on standard input.
// usage: load PORT CONTROL_PORT KIND PATH PROTOCOL HEADERS ECHO CHANNELS [SEND EXPECT]...      KIND: websocket or sse
//   open N C      connect N more peers, at most C at a time; replies "opened N nanoseconds"
//   rounds N      each time every peer has received N frames more, send a byte on the control connection
//   chat N TEXT   even peers send TEXT now, and again at each Nth frame they receive; "chat" alone stops
//   clock / times begin to record arrivals / reply "latency COUNT P50 P99 MAX" in microseconds
//   stall N       the first N peers stop reading
//   count         replies "counts FRAMES BYTES GONE SENT"
#include "peer.h"
#include "tally.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_PEERS 16384
#define CONTROL (&control_mark)
#define COMMANDS (&commands_mark)

static struct script script;
static struct peer peers[MAX_PEERS];
static int control_mark, commands_mark, epoll, control;
static int wanted, concurrency, begun, ready, gone;
static uint64_t opening_since, per_round, frames, messages;
static int behind;                 // peers that have not completed the round
static uint64_t round_ends;        // frames per peer at the end of the round
static bool is_timing;
static char chat[MAX_TEXT];
static int chat_frames;            // that a sender receives per message: its own, and the reply

static void watch(int op, int fd, uint32_t events, void *mark) {
  struct epoll_event event = {.events = events, .data.ptr = mark};
  if (epoll_ctl(epoll, op, fd, &event) < 0) die("epoll");
}

static void open_more(void) {
  for (; begun < wanted && begun - ready < concurrency; begun++) {
    struct peer *peer = &peers[begun];
    memset(peer, 0, sizeof *peer);
    peer->number = begun;
    peer_connect(peer, &script);
    watch(EPOLL_CTL_ADD, peer->fd, EPOLLOUT, peer);
  }
}

static void on_ready(struct peer *peer) {
  (void)peer;
  if (++ready == wanted) printf("opened %d %llu\n", wanted, (unsigned long long)(now_ns() - opening_since));
  open_more();
}

static void complete_round(void) {
  behind = ready;
  round_ends += per_round;
  if (send(control, "r", 1, MSG_NOSIGNAL) != 1) die("control");
}

static void send_chat(struct peer *peer) {
  peer->since_sent = 0;
  messages++;
  peer_send(peer, &script, chat);
}

static void on_frame(struct peer *peer) {
  frames++;
  if (is_timing) tally_arrived(peer->frames - 1, now_ns());
  if (chat[0] && peer->number % 2 == 0 && ++peer->since_sent == chat_frames) send_chat(peer);
  if (per_round && peer->frames == round_ends && --behind == 0) complete_round();
}

static void restart_counts(void) {
  for (int i = 0; i < ready; i++) peers[i].frames = 0;
  frames = 0;
}

// A small window, so that little of what a stalled peer does not read waits in the kernel.
static void stall(struct peer *peer) {
  int bytes = 64 * 1024;
  setsockopt(peer->fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  watch(EPOLL_CTL_DEL, peer->fd, 0, peer);
}

static void run_command(char *line) {
  unsigned long long number = 0;
  line[strcspn(line, "\n")] = 0;
  if (sscanf(line, "open %llu %d", &number, &concurrency) == 2) {
    wanted += (int)number;
    if (wanted > MAX_PEERS) die("too many peers");
    opening_since = now_ns();
    open_more();
  } else if (sscanf(line, "rounds %llu", &number) == 1) {
    restart_counts();
    per_round = round_ends = number;
    behind = ready;
    puts("counting");
  } else if (strncmp(line, "chat", 4) == 0) {
    int text = 0;
    chat[0] = 0;
    if (sscanf(line, "chat %d %n", &chat_frames, &text) == 1) snprintf(chat, sizeof chat, "%.*s", MAX_TEXT - 1, line + text);
    if (chat[0]) restart_counts();
    for (int i = 0; chat[0] && i < ready; i += 2) send_chat(&peers[i]);
    puts("chatting");
  } else if (strcmp(line, "clock") == 0) {
    restart_counts();
    tally_latency_begin();
    is_timing = true;
    puts("timing");
  } else if (strcmp(line, "times") == 0) {
    is_timing = false;
    tally_latency_report();
  } else if (sscanf(line, "stall %llu", &number) == 1) {
    for (int i = 0; i < (int)number && i < ready; i++) stall(&peers[i]);
    puts("stalled");
  } else if (strcmp(line, "count") == 0) {
    printf("counts %llu %llu %d %llu\n", (unsigned long long)frames, (unsigned long long)bytes_read, gone, (unsigned long long)messages);
  }
}

static void read_commands(void) {
  static char lines[2 * MAX_TEXT];
  static size_t length;
  ssize_t got = read(STDIN_FILENO, lines + length, sizeof lines - 1 - length);
  if (got <= 0) exit(0); // the bench is gone
  lines[length += got] = 0;
  for (char *end; (end = strchr(lines, '\n'));) {
    char line[MAX_TEXT + 16];
    snprintf(line, sizeof line, "%.*s", (int)(end - lines), lines);
    run_command(line);
    memmove(lines, end + 1, length -= end + 1 - lines);
    lines[length] = 0;
  }
}

static void read_control(void) {
  static uint8_t bytes[8];
  static int length;
  ssize_t got = recv(control, bytes + length, sizeof bytes - length, 0);
  if (got <= 0) exit(0); // the server is gone
  if ((length += got) < 8) return;
  uint64_t at;
  memcpy(&at, bytes, 8);
  tally_published(at);
  length = 0;
}

static void on_peer(struct peer *peer, uint32_t events) {
  if (peer->stage == CONNECTING) {
    if (events & (EPOLLERR | EPOLLHUP)) die("connection refused");
    watch(EPOLL_CTL_MOD, peer->fd, EPOLLIN, peer);
    return peer_connected(peer, &script);
  }
  peer_read(peer, &script);
  if (peer->stage == GONE) gone++;
}

static void open_control(int port) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int one = 1;
  control = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (control < 0 || connect(control, (struct sockaddr *)&to, sizeof to) < 0) die("control");
  setsockopt(control, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  watch(EPOLL_CTL_ADD, control, EPOLLIN, CONTROL);
}

int main(int argc, char **argv) {
  if (argc < 9) { fprintf(stderr, "usage: load PORT CONTROL_PORT KIND PATH PROTOCOL HEADERS ECHO CHANNELS [SEND EXPECT]...\n"); return 2; }
  setvbuf(stdout, NULL, _IOLBF, 0);
  script = (struct script){.port = atoi(argv[1]), .is_sse = !strcmp(argv[3], "sse"), .path = argv[4], .protocol = argv[5],
    .headers = argv[6], .echo = argv[7], .channels = atoi(argv[8]), .on_ready = on_ready, .on_frame = on_frame};
  for (int i = 9; i + 1 < argc && script.steps < MAX_STEPS; i += 2) {
    script.send[script.steps] = argv[i];
    script.expect[script.steps++] = atoi(argv[i + 1]);
  }
  epoll = epoll_create1(EPOLL_CLOEXEC);
  open_control(atoi(argv[2]));
  watch(EPOLL_CTL_ADD, STDIN_FILENO, EPOLLIN, COMMANDS);
  struct epoll_event events[1024];
  for (;;) {
    int ready = epoll_wait(epoll, events, 1024, -1);
    if (ready < 0 && errno != EINTR) die("epoll_wait");
    for (int i = 0; i < ready; i++) {
      if (events[i].data.ptr == CONTROL) read_control();
      else if (events[i].data.ptr == COMMANDS) read_commands();
      else on_peer(events[i].data.ptr, events[i].events);
    }
  }
}
