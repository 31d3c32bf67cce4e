import type { Fields } from '../profile-fields';
import type { CniCapabilities, PolicyCapability } from './capabilities';

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
  /**
   * The same with the option by which it does what policies ask for and it lacks: NP-37: with what has NetworkPolicy enforced
   * beside it. Absent where there is no such option; one that does not give what is lacking is passed over.
   */
  enforcing?(spec: S, lacking: PolicyCapability): S | undefined;
}
