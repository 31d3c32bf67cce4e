import type { Origin } from './origin';

/**
 * Codes of invalid input (0xx).
 * PTL001 the text is no YAML or JSON; PTL002 a field has the wrong type; PTL003 a required field is missing;
 * PTL004 a value outside its closed list (protocol, operator, policy type, service type); PTL005 no valid CIDR or address;
 * PTL006 `except` is no strict part of its block (NP-16); PTL007 a port number outside its range; PTL008 `endPort` misused (NP-25);
 * PTL009 no valid port name (NP-24); PTL010 a selector requirement without or with too many values (NP-13);
 * PTL011 a peer is empty or mixes ipBlock with selectors (NP-12); PTL012 the same object twice; PTL013 no such file or folder;
 * PTL014 no valid label, label key or name; PTL015 a field that the kind does not have; PTL016 a malformed flow;
 * PTL017 an endpoint that the manifests do not know, or that several share; PTL018 no valid cluster profile;
 * PTL019 two items of a list that must differ, such as ports of one name;
 * PTL020 fields that exclude each other, such as a nodePort and type ClusterIP; PTL021 no valid path of a URL (ING-05);
 * PTL022 a malformed promise.
 */
export type InputFaultCode =
  | 'PTL001'
  | 'PTL002'
  | 'PTL003'
  | 'PTL004'
  | 'PTL005'
  | 'PTL006'
  | 'PTL007'
  | 'PTL008'
  | 'PTL009'
  | 'PTL010'
  | 'PTL011'
  | 'PTL012'
  | 'PTL013'
  | 'PTL014'
  | 'PTL015'
  | 'PTL016'
  | 'PTL017'
  | 'PTL018'
  | 'PTL019'
  | 'PTL020'
  | 'PTL021'
  | 'PTL022';

/** One fault of the input, as data: text is rendered in `diagnostics`. */
export interface InputFault {
  readonly code: InputFaultCode;
  /** The object, e.g. `NetworkPolicy shop/db`; absent where the text did not get that far. */
  readonly object?: string;
  /** The field, e.g. `spec.ingress[0].ports[1].port`; absent where the fault is of the whole document. */
  readonly field?: string;
  /** What stands there, as JSON or as the author wrote it. */
  readonly got?: string;
  /** One clause, lower case, no full stop: what is wrong, e.g. `the prefix length 33 is over 32`. */
  readonly problem: string;
  /** One clause: what Kubernetes would take here. */
  readonly expected: string;
  /** The rule behind it, e.g. `NP-16`. */
  readonly rule?: string;
  readonly didYouMean?: string;
  readonly origin: Origin;
  /** Other places that the fault is about, e.g. the first of two equal objects. */
  readonly related?: readonly Origin[];
}
