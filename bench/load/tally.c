#include "tally.h"
#include <stdio.h>
#include <stdlib.h>

#define MAX_PUBLICATIONS 100000
#define MAX_ARRIVALS 20000000

struct arrival { uint64_t at_ns; uint32_t publication; };

static uint64_t *published;
static struct arrival *arrivals;
static size_t publications, count;

void tally_latency_begin(void) {
  if (!published) published = malloc(MAX_PUBLICATIONS * sizeof *published);
  if (!arrivals) arrivals = malloc(MAX_ARRIVALS * sizeof *arrivals);
  publications = count = 0;
}

void tally_published(uint64_t at_ns) {
  if (publications < MAX_PUBLICATIONS) published[publications++] = at_ns;
}

void tally_arrived(uint64_t publication, uint64_t at_ns) {
  if (arrivals && count < MAX_ARRIVALS) arrivals[count++] = (struct arrival){at_ns, (uint32_t)publication};
}

static int by_value(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

// Microseconds: half, 99 in 100, and the worst.
void tally_latency_report(void) {
  uint64_t *took = malloc((count + 1) * sizeof *took);
  size_t known = 0;
  for (size_t i = 0; i < count; i++)
    if (arrivals[i].publication < publications) took[known++] = arrivals[i].at_ns - published[arrivals[i].publication];
  qsort(took, known, sizeof *took, by_value);
  if (known == 0) printf("latency 0 0 0 0\n");
  else printf("latency %zu %.1f %.1f %.1f\n", known, took[known / 2] / 1e3, took[known * 99 / 100] / 1e3, took[known - 1] / 1e3);
  free(took);
}
