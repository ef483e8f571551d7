-- relay_step turns sequential scans off. Where a plan has one nevertheless, because a table has a single row and needs no index, its cost
-- counts as 10^10: a server with LLVM, as Debian's and most others are, then compiled its expressions, some 100 ms for each step.
alter function realtime.relay_step set jit = off;
