declare module "*.module.css" {
  const classes: Readonly<Record<string, string>>;
  // eslint-disable-next-line no-restricted-syntax -- a style sheet has no other export
  export default classes;
}
