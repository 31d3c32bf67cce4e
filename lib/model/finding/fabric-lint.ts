import type { FieldPath } from './origin';

/** 31x and PTL331: about the pod network, and the nodes, that a profile describes. */
export type FabricLintDetail =
  /** NET-02: what is asked of the nodes' parts of a pod range can't be, or is not what anybody wants. */
  | ({ readonly code: 'PTL310'; readonly range: string; readonly maskSize: number } & (
      | { readonly problem: 'larger-than-range' | 'too-far-apart' }
      | { readonly problem: 'too-few'; readonly blocks: number; readonly nodes: number }
      /** `nodeCidr`: the part that a Node manifest has. */
      | { readonly problem: 'outside'; readonly node: string; readonly nodeCidr: string }
      | { readonly problem: 'few-pods'; readonly pods: number; readonly usual: number }
    ))
  /** NET-03: two ranges that have an address in common. `of` and `other`: what they are, e.g. `podCidr`, `node cp-1`. */
  | {
      readonly code: 'PTL312';
      readonly of: string;
      readonly range: string;
      readonly other: string;
      readonly otherRange: string;
    }
  /** A size that the plugin does not take, or that doesn't fit in its range. `rule`: why, as a sentence with its number. */
  | {
      readonly code: 'PTL313';
      readonly option: string;
      readonly got: string;
      readonly expected: string;
      readonly rule: string;
    }
  /** NET-06: packets of pods that don't fit between the nodes with what wraps them. `overhead`: 0 where nothing does. */
  | ({ readonly code: 'PTL314'; readonly mtu: number } & (
      | { readonly underlay: number; readonly encapsulation: string; readonly overhead: number }
      /** Of IPv6. */
      | { readonly least: number }
    ))
  /** Something that the plugin can't do, by itself or together with another option. `problem`: as a sentence, with its rule. */
  | { readonly code: 'PTL315'; readonly option: string; readonly problem: string; readonly expected: string }
  /** Pods are to have a family that the plugin does not carry, or Services lack. `problem`: as a sentence, with its rule. */
  | { readonly code: 'PTL316'; readonly cni: string; readonly range: string; readonly problem: string }
  /** NET-04: nodes between which there is no way for packets of pods. `because`: as a sentence; `expected`: what to do. */
  | {
      readonly code: 'PTL317';
      readonly between: readonly [string, string];
      readonly because: string;
      readonly expected: string;
    }
  /** The plugin is no longer mended by its authors. `since`: e.g. `2024`; `successor`: who goes on with it. */
  | { readonly code: 'PTL318'; readonly cni: string; readonly since: string; readonly successor?: string }
  /** NET-01, NET-11: a firewall of nodes shuts what they need of each other. `port`: e.g. `8472/UDP`, `4/IP`; `purpose`: what for. */
  | {
      readonly code: 'PTL331';
      readonly role: 'control-plane' | 'worker';
      readonly port: string;
      readonly purpose: string;
      readonly rule: 'NET-01' | 'NET-11';
    };

/** One objection to a profile, with the field that is to blame. */
export type FabricLint = FabricLintDetail & { readonly severity: 'error' | 'warning'; readonly field: FieldPath };
