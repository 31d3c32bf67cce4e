import type { PlacedObject } from './object-name';

/** 32x: about what containers share in a pod, and pods on a node. */
export type PodLintDetail =
  /** NET-07: two containers of a pod, which have one network, declare one port, or call two ports by one name. */
  | {
      readonly code: 'PTL320';
      readonly problem: 'number' | 'name';
      /** `8080/TCP`, or the name. */
      readonly port: string;
      /** The first that has it, and the other. */
      readonly containers: readonly [string, string];
      /** What the name stands for in each of them. @default - the ports are one */
      readonly ports?: readonly [string, string];
    }
  /** NET-08: more pods ask for one port of a node than there are nodes for them. */
  | {
      readonly code: 'PTL321';
      /** `80/TCP`, with the address where it is asked for at one alone. */
      readonly port: string;
      /**
       * `every-node`: a DaemonSet has it wherever the others may run; `one-node`: all are told to run on one node; `few-nodes`: there
       * are fewer nodes than pods; `any-node`: they may run on one node, unless the scheduler finds others.
       */
      readonly problem: 'every-node' | 'one-node' | 'few-nodes' | 'any-node';
      /** What asks for it too. @default - the pods of the object itself are too many */
      readonly rival?: PlacedObject;
      /** How many pods ask for it, and how many nodes there are for them, as far as known. */
      readonly pods?: number;
      readonly nodes?: number;
      /** The pods live in the network of their node, which needs no hostPort (NET-08). */
      readonly hostNetwork: boolean;
    }
  /** A port of the node that the node itself uses, or that leads to a Service. */
  | {
      readonly code: 'PTL322';
      readonly port: string;
      readonly hostNetwork: boolean;
      /** Who has it, e.g. `the kubelet`. */
      readonly user: string;
      readonly rule: 'NET-01' | 'NET-11' | 'SVC-20';
      /** The Service that asks for this port of the nodes. @default - none that is declared */
      readonly rival?: PlacedObject;
    };
