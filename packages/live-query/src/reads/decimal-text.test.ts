import { seededRandom } from "@repo/core-testing";
import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import { decimalText } from "./decimal-text.js";
import { openReads } from "./reads-under-test.js";

const COUNT = 150;

/** Decimal numbers of many lengths, with needless zeros. */
function randomDecimals(): readonly string[] {
  const random = seededRandom(7);
  const digits = (most: number) =>
    Array.from({ length: 1 + Math.floor(random() * most) }, () =>
      random() < 0.5 ? 0 : Math.floor(random() * 10),
    ).join("");
  return Array.from({ length: COUNT }, () => {
    const sign = random() < 0.3 ? "-" : "";
    return sign + digits(random() < 0.5 ? 2 : 14) + (random() < 0.7 ? `.${digits(random() < 0.5 ? 2 : 14)}` : "");
  });
}

onEachDatabase((_name, open) => {
  it("gives two decimal numbers the same text exactly where they are equal in SQL", async () => {
    const { client } = await open({ isMigrated: false });
    const texts = randomDecimals();
    const rows = await client.query<{ readonly canonical: string }>(
      "select trim_scale(n::numeric)::text as canonical from unnest($1::text[]) with ordinality as t (n, place) order by place",
      [texts],
    );
    expect(texts.map(decimalText)).toEqual(rows.map(({ canonical }) => canonical));
  });

  it("reads the decimal numbers in a statement's text", async () => {
    const reads = await openReads(open);
    for (const text of randomDecimals().slice(0, 40))
      expect([text, await reads(`select * from annotations where amount = '${text}'`)]).toEqual([
        text,
        [`annotations.amount=${JSON.stringify(decimalText(text))}`],
      ]);
  });
});
