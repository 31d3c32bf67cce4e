import type { EndpointCompiler } from './endpoint-compiler';
import type { PolicyBlock } from './language';

/** One policy API: how its objects are said in the one rule language. */
export interface Dialect<P> {
  /** Its kinds, as users write them. */
  readonly kinds: readonly string[];
  /** INVARIANT: pure, and in the order of the policies. */
  readonly compile: (policies: readonly P[], compiler: EndpointCompiler) => readonly PolicyBlock[];
}
