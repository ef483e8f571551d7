/** The settings under which `to_jsonb` of a row makes the same image as the triggers of 0011_changes.sql do. */
export const IMAGE_SETTINGS: Readonly<Record<string, string>> = {
  timezone: "UTC",
  datestyle: "ISO, YMD",
  intervalstyle: "iso_8601",
  bytea_output: "hex",
  extra_float_digits: "1",
  lc_monetary: "C",
};
