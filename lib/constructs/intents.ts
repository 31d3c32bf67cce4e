import type { IConstruct } from 'constructs';
import { captureCallSite } from '../synth/call-site';
import { attach } from '../synth/hook';
import type { PromiseDraft, Registry } from '../synth/registry';
import { type Endpoint, endpointRef } from './endpoint-ref';
import { type Verbs, verbs } from './verbs';

/** A promise just made: it can be named and explained until the app is synthesized. */
export interface IntentHandle {
  /** Why the promise matters; errors quote it. */
  because(reason: string): IntentHandle;
  /** A name that stays the same when promises before it come and go, unique within the scope. */
  as(id: string): IntentHandle;
}

/** The subject of a promise at synth: each verb makes one promise and returns its handle. */
export type Subject = Verbs<IntentHandle>;

/** Promises about who may and who must not reach whom. They only assert, and never emit anything. */
export class Intents {
  /** Promises that belong to the construct: their ids begin with its path. */
  static of(scope: IConstruct): Intents {
    return new Intents(scope.node.path, attach(scope));
  }

  private constructor(
    private readonly scope: string,
    private readonly registry: Registry,
  ) {}

  /** Begins a promise about a construct, or about what `pods`, `namespace`, `url` and the like stand for. */
  expect(subject: Endpoint): Subject {
    const { promises } = this.registry;
    const clusterDomain = () => this.registry.network?.spec.clusterDomain ?? 'cluster.local';
    const blank = { scope: this.scope, subject: endpointRef(subject), callSite: captureCallSite() };
    const first: PromiseDraft = { ...blank, verb: () => ({ verb: 'none' }) };
    promises.push(first);
    let isSaid = false;
    return verbs((verb) => {
      // A second verb on the same subject is a promise of its own.
      const draft = isSaid ? { ...blank, verb } : Object.assign(first, { verb });
      if (isSaid) promises.push(draft);
      isSaid = true;
      return this.handleOf(draft);
    }, clusterDomain);
  }

  private handleOf(draft: PromiseDraft): IntentHandle {
    const handle: IntentHandle = {
      because: (reason) => {
        draft.because = reason;
        return handle;
      },
      as: (id) => {
        const isTaken = this.registry.promises.some(({ scope, name }) => scope === draft.scope && name === id);
        // Bare numbers are the names of promises without a name.
        if (isTaken || /^\d*$/.test(id)) {
          throw new Error(`Unable to name a promise "${id}" in "${draft.scope}": another has this name.`);
        }
        draft.name = id;
        return handle;
      },
    };
    return handle;
  }
}
