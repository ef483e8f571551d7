const same = (text) => text;
const RAW_VALUES = new Proxy({}, { get: () => same }); // PGlite looks one up for each parameter

/** One statement whose values go in, and come out, as Postgres' own text: what `pg` sends and reads too. */
export async function rawQuery(database, text, values) {
  const parsers = Object.fromEntries(Object.keys(database.parsers).map((type) => [type, same]));
  const options = { rowMode: "array", parsers, serializers: RAW_VALUES };
  const { fields, rows } = await database.query(text, [...values], options);
  return { fields: fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })), rows };
}
