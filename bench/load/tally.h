// What is counted over all peers: rounds that everybody has completed, and how long frames took.
#pragma once
#include <stdint.h>

void tally_latency_begin(void);
void tally_published(uint64_t at_ns);
void tally_arrived(uint64_t publication, uint64_t at_ns);
void tally_latency_report(void);
