import type { IConstruct } from 'constructs';
import { type HasRequest, REQUEST, type SubjectRef } from '../intents/endpoint';
import { isFact, isFindingId } from '../intents/waivers';
import type { Severity } from '../model/finding/lint';
import { type CallSite, captureCallSite } from '../synth/call-site';
import { attach } from '../synth/hook';
import type { PromiseDraft, Registry, Verb } from '../synth/registry';
import { type Endpoint, endpointRefWithin, isRequest } from './endpoint-ref';
import { type UrlVerbs, urlVerbs } from './url-verbs';
import { type Verbs, verbs } from './verbs';

/** A promise just made: it can be named and explained until the app is synthesized. */
export interface IntentHandle {
  /** Why the promise matters; errors quote it. */
  because(reason: string): IntentHandle;
  /** Whether it refuses the synth or only warns. @default 'error' */
  severity(severity: Severity): IntentHandle;
  /** A name that stays the same when promises before it come and go, unique within the scope. */
  as(id: string): IntentHandle;
}

/** The subject of a promise at synth: each verb makes one promise and returns its handle. */
export type Subject = Verbs<IntentHandle>;

/** Likewise for a URL. */
export type UrlSubject = UrlVerbs<IntentHandle>;

/** A rule by its number, a code whose doubt it answers, or that policies are enforced. */
export type Fact = 'NetworkPolicy' | 'PTL302' | `${'NP' | 'SVC' | 'DNS' | 'ING' | 'GW' | 'NET'}-${number}`;

export interface AcknowledgeProps {
  /** As the finding names itself, e.g. `PTL904[shop#2]`; or its code for every such finding below. */
  readonly id: string;
  /** Why it is all right. */
  readonly reason: string;
}

/** Promises about who may and who must not reach whom. They only assert, and never emit anything. */
export class Intents {
  /** Promises that belong to the construct: their ids begin with its path. */
  static of(scope: IConstruct): Intents {
    return new Intents(scope.node.path, attach(scope), scope.node.root);
  }

  private constructor(
    private readonly scope: string,
    private readonly registry: Registry,
    private readonly root: IConstruct,
  ) {}

  /** Begins a promise about a construct, or about what `pods`, `namespace`, `url` and the like stand for. */
  expect(subject: HasRequest): UrlSubject;
  expect(subject: Endpoint): Subject;
  expect(subject: Endpoint | HasRequest): Subject | UrlSubject {
    const clusterDomain = () => this.registry.network?.spec.clusterDomain ?? 'cluster.local';
    const refOf = (endpoint: Endpoint) => endpointRefWithin(this.root, endpoint);
    const callSite = captureCallSite();
    if (isRequest(subject)) return urlVerbs(this.promiseOf(subject[REQUEST], callSite), refOf);
    return verbs(this.promiseOf(refOf(subject), callSite), clusterDomain, refOf);
  }

  /** Takes each verb that is said of a subject; until one is said the promise says nothing. */
  private promiseOf(subject: SubjectRef, callSite: CallSite): (verb: () => Verb) => IntentHandle {
    const { promises } = this.registry;
    const blank = { scope: this.scope, subject, callSite };
    const first: PromiseDraft = { ...blank, verb: () => ({ verb: 'none' }) };
    promises.push(first);
    let isSaid = false;
    return (verb) => {
      // A second verb on the same subject is a promise of its own.
      const draft = isSaid ? { ...blank, verb } : Object.assign(first, { verb });
      if (isSaid) promises.push(draft);
      isSaid = true;
      return this.handleOf(draft);
    };
  }

  /**
   * States a fact that no manifest tells, for the promises of this construct and below: what is `unknown` only for want of it
   * then holds. Every report lists what was assumed.
   *
   * @param fact the rule whose doubt it answers, as the finding names it, e.g. `NP-17`; or `NetworkPolicy`: that something on
   * the cluster enforces them, though its network plugin does not (NP-37)
   */
  assume(fact: Fact, { because }: { readonly because: string }): this {
    const text = reasonOf(because, `assume ${fact}`, 'because');
    if (!isFact(fact)) {
      throw new Error(
        `Unable to assume "${fact}": give the number of a rule, such as 'NP-17', as the finding names it, or 'NetworkPolicy'.`,
      );
    }
    this.registry.assumptions ??= [];
    this.registry.assumptions.push(Object.freeze({ fact, because: text, scope: this.scope }));
    return this;
  }

  /**
   * Takes responsibility for a finding about a promise, or an object, of this construct and below: it refuses nothing then, and
   * every report lists it with the reason.
   */
  acknowledge({ id, reason }: AcknowledgeProps): this {
    const text = reasonOf(reason, `acknowledge ${id}`, 'reason');
    if (!isFindingId(id)) {
      throw new Error(
        `Unable to acknowledge "${id}": give the id of a finding, such as 'PTL904[shop#2]', or a code, such as 'PTL904'. ` +
          'Input that can not be understood (PTL0xx) is no matter of responsibility.',
      );
    }
    this.registry.acknowledgements ??= [];
    this.registry.acknowledgements.push(Object.freeze({ id, reason: text, scope: this.scope }));
    return this;
  }

  private handleOf(draft: PromiseDraft): IntentHandle {
    const handle: IntentHandle = {
      because: (reason) => {
        draft.because = reason;
        return handle;
      },
      severity: (severity) => {
        draft.severity = severity;
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

/** Nobody can answer for what has no reason. */
function reasonOf(text: string, what: string, field: string): string {
  if (typeof text === 'string' && text.trim() !== '') return text;
  throw new Error(`Unable to ${what} without a reason: say in \`${field}\` why it is so.`);
}
