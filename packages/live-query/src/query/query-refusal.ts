/** Why a query is refused; what is not exposed and what does not exist have one sentence. */
export class QueryRefusal extends Error {
  override readonly name = "QueryRefusal";
}
