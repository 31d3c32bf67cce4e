import type { Fields } from '../profile-fields';
import type { CniCapabilities } from './capabilities';

/** Who carries policies out, each in its own way; `api`: as the Kubernetes APIs are written. */
export type EnforcerName = 'api' | 'calico' | 'cilium' | 'weave';

/** One network plugin: its options and what it can do. What it does with packets is told in the room of the fabric. */
export interface CniPlugin<S extends { readonly name: string }> {
  readonly name: S['name'];
  /** As its own project writes it, e.g. `Weave Net`. */
  readonly title: string;
  /** The keys of its options, without `name`. */
  readonly options: readonly string[];
  /** Reads the options, each checked by itself; what is wrong is told and left out. */
  parse(fields: Fields): S;
  capabilities(spec: S): CniCapabilities;
  /** Who carries out policies where somebody does. @default 'api' */
  enforcer?(spec: S): EnforcerName;
  /** NP-37: the same with what has NetworkPolicy enforced beside it; absent where it enforces them itself. */
  enforcing?(spec: S): S;
}
