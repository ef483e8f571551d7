/** A request that is no query and no change. */
export class HttpRefusal extends Error {
  override readonly name = "HttpRefusal";
  readonly status: 400 | 404 | 405 | 413 | 415;

  constructor(status: HttpRefusal["status"], message: string) {
    super(message);
    this.status = status;
  }
}
