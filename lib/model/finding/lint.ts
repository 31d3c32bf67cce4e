import type { FabricLintDetail } from './fabric-lint';
import type { GatewayLintDetail } from './gateway-lint';
import type { IngressLintDetail } from './ingress-lint';
import type { NetworkLintDetail } from './network-lint';
import type { ObjectName, PlacedObject } from './object-name';
import type { FieldPath, Origin } from './origin';
import type { PodLintDetail } from './pod-lint';

export type { ObjectName, PlacedObject } from './object-name';

/** `error`: on no correct manifest can it be meant so. `warning`: most likely a slip, but what is declared elsewhere may make it right. */
export type Severity = 'error' | 'warning';

/** One rule of a policy. */
export interface RuleName extends ObjectName {
  readonly direction: 'ingress' | 'egress';
  /** Position among the policy's rules of that direction, from 0. */
  readonly index: number;
  readonly origin: Origin;
}

/** What nobody carries of a selector, and what most likely was meant. */
export interface Missing {
  /** The one requirement that nothing declared meets, e.g. `app=databse`; absent where only all of them together fail. */
  readonly culprit?: string;
  /** A label that is there, and with which the selector matches something: `app=database`. */
  readonly didYouMean?: string;
}

/** What each code tells. */
export type LintDetail =
  | PolicyLintDetail
  | ServiceLintDetail
  | FabricLintDetail
  | PodLintDetail
  | NetworkLintDetail
  | IngressLintDetail
  | GatewayLintDetail
  | DnsLintDetail;

/** 1xx: about policies. */
export type PolicyLintDetail =
  /** No declared pod is selected. `workloads`: how many could have been; 0 where the namespace, likely a wrong one, has none. */
  | ({
      readonly code: 'PTL130';
      readonly selector: string;
      readonly workloads: number;
      /** A namespace whose pods the selector matches, where the policy's own has no pod. */
      readonly namespaceMeant?: string;
    } & Missing)
  /** A peer that selects none of the pods that are declared. `isWholeRule`: nor does any other peer of the rule. */
  | ({
      readonly code: 'PTL131';
      readonly selector: string;
      readonly direction: 'ingress' | 'egress';
      readonly workloads: number;
      readonly isWholeRule: boolean;
      /** Workloads of other namespaces that it would select; without a namespaceSelector it means its own (NP-11). */
      readonly elsewhere: readonly string[];
    } & Missing)
  /** A selector that contradicts itself, or a block whose exceptions leave nothing: no object and no address can ever match. */
  | {
      readonly code: 'PTL132';
      readonly of: 'subject' | 'peer';
      readonly what: 'selector' | 'block';
      readonly text: string;
    }
  /** No declared namespace carries what a namespace selector asks for. */
  | ({ readonly code: 'PTL133'; readonly selector: string; readonly namespaces: number } & Missing)
  /** No pod that traffic is for has a container port of that name (NP-21, NP-22) and protocol (NP-23). */
  | {
      readonly code: 'PTL134';
      readonly port: string;
      readonly problem: 'no-such-name' | 'other-protocol' | 'only-addresses';
      /** The names that there are, with protocols. */
      readonly has: readonly string[];
      readonly didYouMean?: string;
    }
  /** The number is that of a Service port, and the pods behind it listen on another (NP-19). */
  | {
      readonly code: 'PTL135';
      readonly port: number;
      readonly protocol: 'TCP' | 'UDP' | 'SCTP';
      readonly service: string;
      readonly containerPort: number;
    }
  /** Other rules allow all that this one does. */
  | { readonly code: 'PTL136'; readonly rule: RuleName; readonly by: readonly RuleName[] }
  /** Rules of a direction that policyTypes does not list are never applied (NP-02). */
  | {
      readonly code: 'PTL137';
      readonly direction: 'ingress' | 'egress';
      readonly rules: number;
      readonly allowsAll: boolean;
    }
  /** `egress: []` without policyTypes restricts no egress (NP-01). */
  | { readonly code: 'PTL138' }
  /** The number is that of a port which the pods that receive declare with another protocol only (NP-09). */
  | {
      readonly code: 'PTL139';
      readonly port: number;
      readonly protocol: 'TCP' | 'UDP' | 'SCTP';
      readonly declared: 'TCP' | 'UDP' | 'SCTP';
      /** The workloads whose pods do. */
      readonly workloads: readonly string[];
    }
  /** Rules before this one decide all that it could (NP-43). */
  | { readonly code: 'PTL140'; readonly rule: RuleName; readonly by: readonly RuleName[] }
  /** Two policies of one tier and priority answer differently, and nobody says which comes first. */
  | {
      readonly code: 'PTL141';
      readonly tier: string;
      readonly priority: number;
      readonly rule: RuleName;
      readonly other: RuleName;
      readonly actions: readonly [string, string];
      /** Between whom, and for what: declared ends, or ones that could be there. */
      readonly subject: string;
      readonly peer: string;
      readonly traffic: string;
    }
  /** A peer or port of a later version of the API: the rule fails closed. */
  | {
      readonly code: 'PTL142';
      readonly what: 'peer' | 'port';
      readonly keys: readonly string[];
      readonly action: 'allow' | 'deny' | 'pass';
    }
  /** `ports: []` opens every port, and the pods that receive declare none (NP-07). `workloads`: theirs. */
  | { readonly code: 'PTL143'; readonly direction: 'ingress' | 'egress'; readonly workloads: readonly string[] };

/** 2xx: about Services. */
export type ServiceLintDetail =
  /** No declared pod is selected. `workloads`: how many could have been; 0 where the namespace, likely a wrong one, has none. */
  | ({
      readonly code: 'PTL230';
      readonly selector: string;
      readonly workloads: number;
      /** Workloads of other namespaces that it would select. */
      readonly elsewhere: readonly string[];
      /** A namespace whose pods the selector matches, where the Service's own has no pod. */
      readonly namespaceMeant?: string;
    } & Missing)
  /** `targetPort` is a name that no selected pod has, or not with this protocol, or that some of them lack (SVC-07). */
  | {
      readonly code: 'PTL231';
      /** With its protocol, e.g. `http/TCP`. */
      readonly port: string;
      readonly problem: 'no-such-name' | 'other-protocol' | 'some-lack';
      /** The names that there are, with protocols. */
      readonly has: readonly string[];
      /** The workloads whose pods lack the port. */
      readonly lacking: readonly string[];
      readonly didYouMean?: string;
    }
  /** A Service without a selector, and nothing that gives it endpoints. */
  | {
      readonly code: 'PTL232';
      /** The selector is there, and asks for nothing. */
      readonly isEmpty: boolean;
      /** An EndpointSlice that most likely was meant for it: with another label, or in another namespace. */
      readonly stray?: PlacedObject;
    }
  /** A Service port that no port of the Service's slices has the name and protocol of (SVC-08). */
  | {
      readonly code: 'PTL233';
      /** The empty text for a port without a name. */
      readonly port: string;
      readonly protocol: 'TCP' | 'UDP' | 'SCTP';
      /** What the ports of the slices are called, with protocols; the empty text for those without a name. */
      readonly has: readonly string[];
      readonly didYouMean?: string;
    }
  /** The external name is an address, which no DNS resolves (SVC-22). */
  | { readonly code: 'PTL234'; readonly address: string }
  /** Two Services ask for one port of the nodes (SVC-20). */
  | { readonly code: 'PTL235'; readonly port: string; readonly twin: PlacedObject }
  /** A node port outside the range that API servers hand out unless they are told another (SVC-20). */
  | { readonly code: 'PTL236'; readonly port: number; readonly range: readonly [number, number] }
  /** An address that the API server has not to give, by the profile. */
  | { readonly code: 'PTL237'; readonly address: string; readonly range: string }
  /** Two Services ask for one address. */
  | { readonly code: 'PTL238'; readonly address: string; readonly twin: PlacedObject }
  /** An endpoint at the address of a Service, which kube-proxy does not translate again (SVC-26). */
  | { readonly code: 'PTL239'; readonly address: string; readonly service: string };

/** 5xx: about names and lookups. */
export type DnsLintDetail =
  /** A name of the cluster that nothing has (DNS-15). */
  | { readonly code: 'PTL530'; readonly host: string; readonly didYouMean?: string }
  /** A port that the Service behind a name does not serve (SVC-10). `has`: those that it does. */
  | {
      readonly code: 'PTL531';
      readonly host: string;
      readonly port: number;
      readonly service: string;
      readonly has: readonly string[];
    }
  /** The search list leads a name of the internet to a Service (DNS-23). */
  | { readonly code: 'PTL532'; readonly host: string; readonly service: string }
  /** A pod that asks the resolver of its node for names of the cluster (DNS-19). */
  | { readonly code: 'PTL533'; readonly hosts: readonly string[] }
  /** Pods that may send to `target`, which has a name, and may not look it up (DNS-29). */
  | { readonly code: 'PTL534'; readonly workloads: readonly string[]; readonly target: string };

/** One finding about an object itself, as data; `diagnostics` has the words. */
export type Lint = LintDetail & {
  readonly severity: Severity;
  readonly object: ObjectName;
  readonly field: FieldPath;
  /** Of the field, or of what is wrong within it. */
  readonly origin: Origin;
};

export type LintCode = Lint['code'];
export type LintOf<C extends LintCode> = Extract<Lint, { code: C }>;
