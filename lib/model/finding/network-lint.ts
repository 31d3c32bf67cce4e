import type { PlacedObject } from './object-name';

/**
 * 30x: what policies ask of the network plugin, and it does not do.
 * `cni`: the plugin as its project writes it, e.g. `Weave Net`.
 */
export type NetworkLintDetail =
  /** NP-37: nobody reads NetworkPolicies. `inert`: all that there are; `plugin`: its name in a profile. */
  | {
      readonly code: 'PTL301';
      readonly cni: string;
      readonly plugin: string;
      readonly inert: readonly PlacedObject[];
      /** An option by which something beside the plugin would read them. @default - it has none */
      readonly option?: string;
    }
  /** NP-25: of a range of ports the plugin opens the first alone. */
  | {
      readonly code: 'PTL303';
      readonly cni: string;
      readonly first: number;
      readonly last: number;
      readonly protocol: 'TCP' | 'UDP' | 'SCTP';
    }
  /** NP-09: the plugin does not carry out what rules say of SCTP. `ports`: those of the rule, in words. */
  | {
      readonly code: 'PTL304';
      readonly cni: string;
      readonly ports: string;
      readonly action: 'allow' | 'deny' | 'pass';
    }
  /** NP-21: the plugin refuses a policy with a named port whole. `isolates`: in which directions it should have. */
  | {
      readonly code: 'PTL305';
      readonly cni: string;
      readonly ports: readonly string[];
      readonly isolates: readonly ('ingress' | 'egress')[];
    }
  /** NP-43: nobody reads the administrators' policies of this kind. */
  | { readonly code: 'PTL306'; readonly cni: string };
