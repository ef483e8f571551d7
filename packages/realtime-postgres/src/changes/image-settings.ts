/** The settings, for one transaction, under which `to_jsonb` of a row makes the same image as the triggers do. */
export const IMAGE_SETTINGS =
  "set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601'; " +
  "set local bytea_output = 'hex'; set local extra_float_digits = 1; set local lc_monetary = 'C'";
