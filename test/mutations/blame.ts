import type { Mutation } from './mutation';
import { SHOP } from './shop';

/** Whom a finding may blame: the object that was changed or added, or what a reader needs in its place. */
type Blamed =
  | 'it'
  | 'the promise'
  | 'default deny'
  | 'a policy'
  | 'the Service'
  | 'the door'
  | 'the Deployment'
  | 'a Deployment';

/** By code, for one kind of mutation. What is not listed here is wrong. */
type Right = Readonly<Record<string, readonly Blamed[]>>;

const it: readonly Blamed[] = ['it'];

/** It alone, by these codes. */
function byCodes(...codes: readonly string[]): Right {
  return Object.fromEntries(codes.map((code) => [code, it]));
}

/** What is gone can't be shown: the default deny that is left is, or the promise itself. */
const POLICY_GONE: Right = {
  PTL101: ['default deny'],
  PTL102: ['default deny'],
  PTL104: ['the promise'],
  PTL904: ['default deny'],
};

/** A policy that selects nobody any more; of doors, what is left can't tell who comes through them (NP-39). */
const UNAPPLIED: Right = { ...byCodes('PTL110', 'PTL120'), PTL104: ['the promise'], PTL904: ['default deny'] };

/** Two objects have to agree on a port of a pod, and nobody but the author knows which is right: the other one shows both. */
const PORT_OF_POD: Right = {
  PTL114: ['a policy'],
  PTL120: ['a policy'],
  PTL121: ['the door'],
  PTL204: ['the Service'],
};

/** All that spoke of the pods by their labels speaks of nobody now, or of others. */
const PODS_GONE: Right = {
  PTL110: ['a policy'],
  PTL113: ['a policy'],
  PTL114: ['a policy'],
  PTL120: ['a policy'],
  PTL121: ['the door'],
  PTL202: ['the Service'],
  PTL901: ['the promise'],
  PTL904: ['the promise'],
};

/** Where nothing leads in any more, a Service of another type is as good as none. */
const NO_DOOR: Right = { PTL121: ['the Deployment'] };

const BLAME: Readonly<Record<string, Right>> = {
  'delete the policy': POLICY_GONE,
  'move it to another namespace': UNAPPLIED,
  'misspell a key of the podSelector': UNAPPLIED,
  'misspell a value of the podSelector': UNAPPLIED,
  'drop a policy type': {
    ...byCodes('PTL101'),
    PTL102: ['default deny'],
    PTL104: ['the promise'],
    PTL904: ['default deny'],
  },
  'empty the podSelector': byCodes('PTL113', 'PTL114', 'PTL120'),
  'drop a rule': byCodes('PTL101', 'PTL102', 'PTL904'),
  'open every port of a rule': byCodes('PTL114', 'PTL120'),
  'open a rule to everybody': byCodes('PTL104', 'PTL113', 'PTL114', 'PTL120'),
  'drop a peer': byCodes('PTL101'),
  'misspell a key of a peer': byCodes('PTL102', 'PTL111', 'PTL113', 'PTL114'),
  'misspell a value of a peer': byCodes('PTL102', 'PTL111', 'PTL113', 'PTL114'),
  'widen a peer to its namespace': byCodes('PTL113', 'PTL114'),
  'widen a peer to all namespaces': byCodes('PTL113', 'PTL114'),
  'drop a namespaceSelector': byCodes('PTL102', 'PTL114'),
  'misspell a namespaceSelector': byCodes('PTL102', 'PTL114'),
  'drop a port': byCodes('PTL102'),
  'change a port to the next': byCodes('PTL101', 'PTL102', 'PTL114', 'PTL120', 'PTL904'),
  'change a port to the port of the Service': byCodes('PTL101', 'PTL103', 'PTL114', 'PTL120', 'PTL904'),
  'change the protocol of a port': byCodes('PTL102', 'PTL106', 'PTL114', 'PTL120', 'PTL904'),
  'add a policy that opens all ingress': byCodes('PTL113', 'PTL120'),
  'add a policy that opens all egress': byCodes('PTL104', 'PTL114'),

  'delete the Service': { ...NO_DOOR, PTL203: ['the Deployment', 'the door'] },
  'rename the Service': byCodes('PTL203'),
  'misspell a key of the selector': byCodes('PTL121', 'PTL202', 'PTL904'),
  'misspell a value of the selector': byCodes('PTL121', 'PTL202', 'PTL904'),
  'drop a key of the selector': byCodes('PTL121', 'PTL202'),
  // What is behind its Service is what an app is exposed by: here pods that have no door.
  'select another app': { ...byCodes('PTL204', 'PTL904'), PTL121: ['it', 'a Deployment'] },
  // Through the door come addresses that a policy takes for the node's own (NP-39).
  'change the number of a targetPort': { ...byCodes('PTL204'), PTL904: ['a policy'] },
  'misspell a targetPort': byCodes('PTL121', 'PTL204'),
  'change the port': byCodes('PTL201'),
  'change the protocol': byCodes('PTL121', 'PTL201'),
  'make it an ExternalName': { ...NO_DOOR, ...byCodes('PTL503') },
  'make it headless': { ...NO_DOOR, ...byCodes('PTL206') },
  'make it a ClusterIP': NO_DOOR,
  'make it a NodePort': byCodes('PTL904'),
  'make it a LoadBalancer': byCodes('PTL904'),
  'add a NodePort for the same pods': byCodes('PTL904'),

  'misspell a label of the pods': PODS_GONE,
  'delete the Deployment': PODS_GONE,
  'put the pods on the network of their nodes': {
    ...byCodes('PTL101', 'PTL104', 'PTL113', 'PTL120', 'PTL501'),
    // Rules by labels mean nobody who is declared now; whether nodes are let in nobody says.
    PTL114: ['it', 'a policy'],
    PTL904: ['a policy'],
  },
  'have the pods ask the resolver of their nodes': byCodes('PTL501'),
  'have the pods ask another DNS': byCodes('PTL501'),
  'run no replica': { ...byCodes('PTL205'), PTL121: ['the door'] },
  'change a containerPort': { ...PORT_OF_POD, PTL101: ['a policy'], PTL103: ['a policy'], PTL904: ['a policy'] },
  'rename a container port': PORT_OF_POD,
  'change the protocol of a container port': PORT_OF_POD,
  // Which of them answers nobody knows (SVC-28).
  'add other pods behind the Service': { PTL904: ['the Service'] },
};

/** Whom findings about a mutation may blame, by code. */
export function blamedBy({ kind, app, mutated }: Mutation): (code: string) => readonly string[] {
  const paths = (blamed: Blamed): readonly string[] => {
    switch (blamed) {
      case 'it':
        return [mutated];
      case 'the promise':
        return ['the promise'];
      case 'default deny':
        return ['online-boutique/default-deny/Resource'];
      case 'a policy':
        return SHOP.flatMap(({ origin }) => (origin.construct!.endsWith('/NetworkPolicy') ? [origin.construct!] : []));
      case 'the Service':
        return [`online-boutique/${app}/Service/Resource`];
      case 'the door':
        return [`online-boutique/${app}/ExternalService/Resource`];
      case 'a Deployment':
        return SHOP.flatMap(({ origin }) => (origin.construct!.includes('/Deployment/') ? [origin.construct!] : []));
      case 'the Deployment':
        return [`online-boutique/${app}/Deployment/Resource`];
    }
  };
  return (code) => (BLAME[kind]?.[code] ?? []).flatMap(paths);
}
