import type { FieldPath } from './origin';

/** 31x: about the pod network that a profile describes. */
export type FabricLintDetail =
  /** NET-02: what is asked of the per-node blocks can't be: they are larger than the range, or fewer than the nodes. */
  | {
      readonly code: 'PTL310';
      readonly range: string;
      readonly maskSize: number;
      readonly problem: 'larger-than-range' | 'too-few';
      /** How many blocks there are, and how many nodes. */
      readonly blocks: number;
      readonly nodes: number;
    }
  /** NET-03: two ranges that have an address in common. */
  | {
      readonly code: 'PTL312';
      readonly of: string;
      readonly range: string;
      readonly other: string;
      readonly otherRange: string;
    }
  /** A size that the plugin does not take, or that doesn't fit in its range. */
  | {
      readonly code: 'PTL313';
      readonly option: string;
      readonly got: string;
      readonly expected: string;
      readonly rule: string;
    }
  /** NET-06: an MTU of pods that packets with what wraps them do not fit in. */
  | {
      readonly code: 'PTL314';
      readonly mtu: number;
      readonly underlay: number;
      readonly encapsulation: string;
      readonly overhead: number;
    }
  /** Something that the plugin can't do, by itself or together with another option. */
  | { readonly code: 'PTL315'; readonly option: string; readonly problem: string; readonly expected: string }
  /** Pods are to have a family that the plugin does not carry. */
  | { readonly code: 'PTL316'; readonly cni: string; readonly range: string; readonly problem: string }
  /** NET-04: nodes between which there is no way for packets of pods. */
  | {
      readonly code: 'PTL317';
      readonly between: readonly [string, string];
      readonly because: string;
      readonly expected: string;
    }
  /** The plugin is no longer mended by its authors. */
  | { readonly code: 'PTL318'; readonly cni: string; readonly since: string; readonly successor?: string };

/** One objection to a profile, with the field that is to blame. */
export type FabricLint = FabricLintDetail & { readonly severity: 'error' | 'warning'; readonly field: FieldPath };
