import type { Sources } from '../diagnostics/text';
import type { CheckInput } from '../intents/check';

/** What a test's promises are judged on, as it is now. */
export interface Ground {
  /** The manifests and the cluster, with the promises that the app itself makes. */
  readonly input: CheckInput;
  /** Where all of it was written. */
  readonly sources: Sources;
}
