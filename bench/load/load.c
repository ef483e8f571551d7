// A light load client: some thousand WebSockets in one thread, told what to do by lines on standard input.
// usage: load PORT CONTROL_PORT PATH PROTOCOL CHANNELS [SAY EXPECT]...
//   open N C      connect N more peers, at most C at a time; answers "opened N nanoseconds"
//   rounds N      each time every peer has got N frames more, send a byte on the control connection
//   chat TEXT     even peers say TEXT now, and again at each frame they get; "chat" alone stops
//   clock / times begin to note arrivals / answer "latency COUNT P50 P99 MAX" in microseconds
//   stall N       the first N peers stop reading
//   count         answers "counts FRAMES BYTES GONE"
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
static int wanted, concurrency, begun, in, gone;
static uint64_t opening_since, per_round, frames;
static int behind;                 // peers that have not completed the round
static uint64_t round_ends;        // frames per peer at the end of the round
static bool is_timing;
static char chat[MAX_TEXT];

static void watch(int op, int fd, uint32_t events, void *mark) {
  struct epoll_event event = {.events = events, .data.ptr = mark};
  if (epoll_ctl(epoll, op, fd, &event) < 0) die("epoll");
}

static void open_more(void) {
  for (; begun < wanted && begun - in < concurrency; begun++) {
    struct peer *peer = &peers[begun];
    memset(peer, 0, sizeof *peer);
    peer->number = begun;
    peer_connect(peer, &script);
    watch(EPOLL_CTL_ADD, peer->fd, EPOLLOUT, peer);
  }
}

static void on_in(struct peer *peer) {
  (void)peer;
  if (++in == wanted) printf("opened %d %llu\n", wanted, (unsigned long long)(now_ns() - opening_since));
  open_more();
}

static void complete_round(void) {
  behind = in;
  round_ends += per_round;
  if (send(control, "r", 1, MSG_NOSIGNAL) != 1) die("control");
}

static void on_frame(struct peer *peer) {
  frames++;
  if (is_timing) tally_arrived(peer->frames - 1, now_ns());
  if (chat[0] && peer->number % 2 == 0) peer_say(peer, chat, script.channels);
  if (per_round && peer->frames == round_ends && --behind == 0) complete_round();
}

static void restart_counts(void) {
  for (int i = 0; i < in; i++) peers[i].frames = 0;
  frames = 0;
}

static void obey(char *line) {
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
    behind = in;
    puts("counting");
  } else if (strncmp(line, "chat", 4) == 0) {
    snprintf(chat, sizeof chat, "%.*s", MAX_TEXT - 1, line[4] ? line + 5 : "");
    if (chat[0]) restart_counts();
    for (int i = 0; chat[0] && i < in; i += 2) peer_say(&peers[i], chat, script.channels);
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
    for (int i = 0; i < (int)number && i < in; i++) watch(EPOLL_CTL_DEL, peers[i].fd, 0, &peers[i]);
    puts("stalled");
  } else if (strcmp(line, "count") == 0) {
    printf("counts %llu %llu %d\n", (unsigned long long)frames, (unsigned long long)bytes_read, gone);
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
    obey(line);
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
  peer_read(peer, &script, on_in, on_frame);
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
  if (argc < 6) { fprintf(stderr, "usage: load PORT CONTROL_PORT PATH PROTOCOL CHANNELS [SAY EXPECT]...\n"); return 2; }
  setvbuf(stdout, NULL, _IOLBF, 0);
  script = (struct script){.port = atoi(argv[1]), .path = argv[3], .protocol = argv[4], .channels = atoi(argv[5])};
  for (int i = 6; i + 1 < argc && script.steps < MAX_STEPS; i += 2) {
    script.say[script.steps] = argv[i];
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
