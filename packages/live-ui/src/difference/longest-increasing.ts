/** The places of a longest increasing subsequence: the rows that may stay where they are, so that the fewest others move. */
export function longestIncreasing(numbers: readonly number[]): ReadonlySet<number> {
  const tails: number[] = []; // by length - 1: the place of the smallest last number of a subsequence of this length
  const previous: number[] = [];
  numbers.forEach((number, place) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[tails[middle] ?? 0] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    previous.push(low > 0 ? (tails[low - 1] ?? -1) : -1);
    tails[low] = place;
  });
  const places = new Set<number>();
  for (let place = tails.at(-1) ?? -1; place >= 0; place = previous[place] ?? -1) places.add(place);
  return places;
}
