import type { LintOf, Severity } from '../model/finding/lint';
import type { Origin } from '../model/finding/origin';
import type { NearMiss } from '../model/policy/explain';
import type { RuleOrigin } from '../model/policy/language';
import type { NeedCode } from '../model/policy/needs';
import type { UrlVerdict } from '../model/reach/url-verdict';
import type { FirewallHop, PairVerdict, PolicyHop } from '../model/reach/verdict';
import type { Doubt } from '../model/values/ternary';
import type { Protocol } from '../model/values/traffic-set';
import type { Intent } from './intent';
import type { UrlCause } from './url-cause';
import type { Assumption } from './waivers';

/** What broke a promise, by code; the data that its text is made of. */
export type Cause =
  /** Policies of one end let nothing through: no rule of theirs matches. */
  | {
      readonly code: 'PTL101';
      readonly stop: PolicyHop;
      /** A policy to blame has rules for this direction, which its policyTypes leave out (NP-02). */
      readonly ignored?: 'ingress' | 'egress';
      /** The pod at the other end is on the network of its node, where no podSelector means it (NP-28). */
      readonly onNodeNetwork?: string;
    }
  /** The name lookup is blocked. `wouldConnect`: given the address, the client would get through. */
  | {
      readonly code: 'PTL102';
      readonly stop: PolicyHop;
      readonly isolator?: RuleOrigin;
      readonly overTcpOnly: boolean;
      /** It is the DNS pods that don't get what they need to answer (DNS-28). */
      readonly ofServer: boolean;
      readonly wouldConnect: boolean;
    }
  /** The rule meant for it names the Service port, but policies see the container port (NP-19). */
  | {
      readonly code: 'PTL103';
      readonly stop: PolicyHop;
      readonly miss: NearMiss;
      readonly servicePort: number;
      readonly containerPort: number;
    }
  /** It passes, and was promised not to. `allPorts`: by a rule whose list of ports is empty, which means all (NP-07). */
  | {
      readonly code: 'PTL104';
      readonly allPorts?: RuleOrigin;
      /** Both ends are containers of one pod, which no policy can keep apart (NET-07). */
      readonly inPod?: true;
    }
  /** The rule meant for it opens the number for another protocol (NP-09). */
  | {
      readonly code: 'PTL106';
      readonly stop: PolicyHop;
      readonly miss: NearMiss;
      readonly port: number;
      readonly protocol: Protocol;
      readonly ruleProtocol: Protocol;
    }
  /** The rule meant for it selects pods of its own namespace only, and the other end is in `namespace` (NP-11). */
  | {
      readonly code: 'PTL107';
      readonly stop: PolicyHop;
      readonly miss: NearMiss;
      readonly selector: string;
      readonly namespace: string;
    }
  /** It is open, or shut, because the policy meant for it selects no pod. */
  | {
      readonly code: 'PTL110';
      readonly policy: RuleOrigin;
      readonly selector: string;
      readonly didYouMean?: string;
      /** Where the policy was to let something through. @default - it was to keep something out */
      readonly stop?: PolicyHop;
    }
  /** The rule meant for it selects pods by labels that no pod has. */
  | {
      readonly code: 'PTL111';
      readonly stop: PolicyHop;
      readonly miss: NearMiss;
      readonly selector: string;
      readonly didYouMean?: string;
    }
  /** The rule meant for it selects namespaces by labels that none has. */
  | {
      readonly code: 'PTL112';
      readonly stop: PolicyHop;
      readonly miss: NearMiss;
      readonly selector: string;
      readonly namespace: string;
      readonly namespaceLabels: readonly string[];
      readonly declared: boolean;
      /** Pods there that carry the labels which their Namespace lacks. */
      readonly carrier?: { readonly name: string; readonly origin: Origin };
    }
  /** More than the promised sources get through. */
  | { readonly code: 'PTL113' }
  /** More than the promised targets can be reached. */
  | { readonly code: 'PTL114' }
  /** A rule denies it in so many words, which no NetworkPolicy can take back (NP-43). */
  | { readonly code: 'PTL105'; readonly stop: PolicyHop; readonly denial: RuleOrigin }
  /** It is exposed, and was promised not to be. */
  | {
      readonly code: 'PTL120';
      readonly via: string;
      /** The proxy, and the requests that it sends there, where it is by URL. */
      readonly by?: string;
      readonly url?: string;
    }
  /** Nothing leads in from outside: no LoadBalancer, NodePort, externalIP or hostPort opens this port. */
  | {
      readonly code: 'PTL121';
      /** A Service that leads in from outside, and to no pod. */
      readonly idle?: string;
    }
  | {
      readonly code: 'PTL201';
      readonly service: string;
      readonly port: string;
      readonly has: readonly string[];
      readonly didYouMean?: string;
    }
  | {
      readonly code: 'PTL202';
      readonly service: string;
      /** The empty text where it has none; `isEmpty`: it stands there and asks for nothing (SVC-02). */
      readonly selector: string;
      readonly isEmpty?: boolean;
      /** Workloads of other namespaces that it would select. */
      readonly elsewhere?: readonly string[];
      readonly didYouMean?: string;
    }
  | {
      readonly code: 'PTL203';
      readonly services: readonly string[];
      /** The Service that clients were told of, where there is none of this name. */
      readonly told?: string;
      /** The name of another one in its namespace that leads there. */
      readonly other?: string;
    }
  | {
      readonly code: 'PTL204';
      readonly service: string;
      readonly port: number | string;
      readonly targetPort: string;
      /** Whether it is a number, which nobody looks up (SVC-06). */
      readonly isNumber?: true;
      readonly selected: readonly string[];
      readonly has: readonly string[];
      readonly didYouMean?: string;
    }
  | {
      readonly code: 'PTL205';
      readonly service: string;
      /** The workload that runs no replica, where that is why. */
      readonly scaledDown?: string;
    }
  | {
      readonly code: 'PTL206';
      readonly service: string;
      readonly port: number | string;
      readonly containerPorts: readonly string[];
    }
  /** The node that the client meets has no endpoint of its own, and a traffic policy keeps it from those of others. */
  | { readonly code: 'PTL207'; readonly service: string; readonly port: number | string }
  /** The nodes do not take it, or can't bring the answer back. */
  | { readonly code: 'PTL208'; readonly service: string; readonly problem: NodeRefusal }
  | UrlCause
  /** The network does not do what policies ask of it, and these promises rely on that. */
  | NetworkCause
  /** Only policies of a kind that is not modelled yet could tell. */
  | { readonly code: 'PTL302'; readonly kinds: readonly string[] }
  /** NET-01: what guards the nodes lets it in to one of their ports, and it was promised not to. */
  | { readonly code: 'PTL330'; readonly admitting: FirewallHop }
  /** NET-01: what guards the nodes does not let it in to a port of theirs, and it was promised to. */
  | { readonly code: 'PTL332'; readonly stop: FirewallHop }
  /** The pod does not ask the cluster's DNS. */
  | { readonly code: 'PTL501'; readonly pod: string; readonly custom: boolean }
  /** No such name, as far as the manifests tell. `hasOtherData`: the name is there, but without an address. */
  | {
      readonly code: 'PTL502';
      readonly name: string;
      readonly asked: readonly string[];
      readonly hasOtherData: boolean;
      readonly didYouMean?: string;
    }
  /** The name leads to something else than was promised. `search`: through which search domain. */
  | {
      readonly code: 'PTL503';
      readonly name: string;
      readonly leadsTo: string;
      readonly wanted: string;
      readonly by: 'address' | 'hosts' | 'dns';
      readonly search?: string;
      /** Whether it is another name for the host that it leads to (SVC-22). */
      readonly isAlias: boolean;
    }
  /** The name resolves, and was promised not to. */
  | {
      readonly code: 'PTL504';
      readonly name: string;
      readonly leadsTo: string;
      readonly by: 'address' | 'hosts' | 'dns';
    }
  /** NET-04: the nodes of both ends have no way between them. `isShut`: by their firewall (NET-11). */
  | { readonly code: 'PTL317'; readonly because: string; readonly isShut?: boolean }
  /** A way leads past what all was promised to pass through. */
  | { readonly code: 'PTL701' }
  /** No way leads through it: nobody gets to it, or it gets no further. */
  | { readonly code: 'PTL702'; readonly hop: string; readonly leg: 'to' | 'from' }
  /** The promise speaks of nothing: its subject, or its target, is empty. */
  | {
      readonly code: 'PTL901';
      readonly role: 'subject' | 'target';
      readonly problem: string;
      readonly didYouMean?: string;
    }
  /** Another promise says the opposite of the same flow: one of them has to go, whatever the policies are. */
  | {
      readonly code: 'PTL902';
      readonly demanding: Intent;
      readonly forbidding: Intent;
      /** Of the two, the one that contradicts others as well. */
      readonly pivot: Intent;
      /** What the one wants and the other does not, e.g. `shop/web -> shop/db:5432/TCP`. */
      readonly flow: string;
    }
  /** `expect(...)` without a verb. */
  | { readonly code: 'PTL903' }
  /** Nobody can know; what would decide it. */
  | { readonly code: 'PTL904'; readonly doubts: readonly Doubt[] };

/** Why a node does not serve a client of a Service; `no-node-port`: the Service has no port on the nodes. */
export type NodeRefusal =
  | 'no-node-port'
  | 'source-not-allowed'
  | 'unassigned-address'
  | 'node-port-closed'
  | 'left-cluster'
  | 'reply-lost'
  | 'loopback'
  | 'mere-name'
  | 'leads-nowhere';

/** What policies ask of the network plugin, told as the lint would, and the promises that rely on it. */
export type NetworkCause = {
  readonly [C in NeedCode]: { readonly code: C; readonly lint: LintOf<C>; readonly reliant: readonly Intent[] };
}[NeedCode];

export type PromiseCode = Cause['code'];

/** A change that the model has tried: with it the promise holds, and every promise that held still does. */
export interface Fix {
  /** What to do, one clause. */
  readonly summary: string;
  readonly remove?: string;
  readonly add?: string;
  /** How many of the promises with the same root cause are still broken with it. @default - none */
  readonly left?: number;
  /** What is warned of with it and was not before, by the ids of the warnings: `PTL136[shop/db-in]`. @default - nothing */
  readonly brings?: readonly string[];
}

/** A broken or undecided promise, as data; its text is rendered in `diagnostics`. */
export interface Finding {
  readonly code: PromiseCode;
  /** By which it is acknowledged: the code and the promise, e.g. `PTL104[shop#2]`. */
  readonly id: string;
  readonly severity: Severity;
  readonly intent: Intent;
  /** The promise as its author could have written it. */
  readonly promise: string;
  /** The ends of the promise in words, e.g. `web` and `api:http`. */
  readonly subject: string;
  readonly target: string;
  /** What a name was promised to lead to. */
  readonly leadsTo?: string;
  readonly cause: Cause;
  /** Where the cause was written: the policy, Service or network to mend; absent where no object is to blame. */
  readonly blame?: Origin;
  /** The pair that shows it best. */
  readonly example?: PairVerdict;
  /** What becomes of the request that the promise is about. */
  readonly route?: UrlVerdict;
  /** All sources (or targets) that break it, in words. */
  readonly offenders: readonly string[];
  readonly fixes: readonly Fix[];
  /** No fix was tried, as there are too many root causes for that. @default false */
  readonly isUntried?: boolean;
  /** Other promises that are broken for this one reason. */
  readonly also: readonly Intent[];
  /** Other promises that its text names: those that rely on the network too (PTL301 to PTL306), the one it contradicts (PTL902). */
  readonly concerns: readonly ToldPromise[];
}

/** A promise, and how its author could have written it. */
export interface ToldPromise {
  readonly intent: Intent;
  readonly promise: string;
}

/** A promise that holds, and what decided it. */
export interface KeptPromise {
  readonly intent: Intent;
  readonly subject: string;
  readonly target: string;
  /** The policies and rules that decided, e.g. `shop/api egress[0]`. */
  readonly decidedBy: readonly string[];
  /** The assumptions without which nobody could know. */
  readonly assuming: readonly Assumption[];
}
