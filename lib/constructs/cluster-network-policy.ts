import { ApiObject, Chart, JsonPatch, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { attachOwn } from '../synth/hook';
import { patchAtCreation } from '../synth/patches';
import { clusterSpecOf } from '../synth/registry';
import { type Destination, destinationsOf, sourcesOf, subjectOf } from './cluster-policy-peers';
import type { Endpoint } from './endpoint-ref';
import { clusterProtocol, type RulePort } from './policy-ports';
import { producible } from './policy-spec';

/**
 * What becomes of traffic that a rule matches. `Accept` and `Deny` are final in their direction; `Pass` skips the rest of
 * the tier.
 */
export type ClusterAction = 'Accept' | 'Deny' | 'Pass';

interface ClusterRule {
  readonly action: ClusterAction;
  /** On which ports; what is neither TCP, UDP nor SCTP has none. @default - all traffic */
  readonly ports?: readonly [RulePort, ...RulePort[]];
  /** For the eye, up to 100 characters. @default - none */
  readonly name?: string;
}

/** A rule for what comes in to the pods of the policy. */
export interface ClusterIngressRule extends ClusterRule {
  /** Whose traffic: apps, other workloads, `pods(...)`, `namespace(...)`; `pods({})` is every pod of the cluster. */
  readonly from: readonly [Endpoint, ...Endpoint[]];
}

/** A rule for what the pods of the policy send. */
export interface ClusterEgressRule extends ClusterRule {
  /**
   * Traffic to whom: pods as in `from`, addresses, `nodes(...)`, or an `external(...)` host. A host without addresses is
   * meant by its name, which only a rule that accepts may do.
   * Addresses are those of pods and nodes too (NP-43): `internet` leaves out only what a `PodNetwork` declares.
   */
  readonly to: readonly [Destination, ...Destination[]];
}

export interface ClusterNetworkPolicyProps {
  /** `Admin` decides before every NetworkPolicy; `Baseline` after them, for pods that none of them selects. */
  readonly tier: 'Admin' | 'Baseline';
  /** 0 to 1000, the lowest first. Policies of one tier with the same number have no order (NP-43). */
  readonly priority: number;
  /** The pods that the policy is about: an app or another workload, `pods(...)` or `namespace(...)`. */
  readonly subject: Endpoint;
  /** What may come in, the first rule that matches decides. Other traffic is left to the next policy. @default - none */
  readonly ingress?: readonly ClusterIngressRule[];
  /** What may go out, the first rule that matches decides. Other traffic is left to the next policy. @default - none */
  readonly egress?: readonly ClusterEgressRule[];
  /** Name of the object. @default - the id */
  readonly name?: string;
}

/**
 * A policy of the cluster's administrators, above the NetworkPolicies of namespaces or below them. It isolates nobody: what
 * no rule matches goes on to the next policy.
 *
 * @see https://network-policy-api.sigs.k8s.io/
 */
export class ClusterNetworkPolicy extends Construct {
  constructor(scope: Construct, id: string, props: ClusterNetworkPolicyProps) {
    super(scope, id);
    attachOwn(this);
    const { tier, priority, subject, ingress, egress } = props;
    assertRules(this.node.path, props);
    const produce = () => ({
      tier,
      priority,
      subject: subjectOf(subject),
      ingress: ingress?.map((rule) => ({ ...headOf(rule), from: rule.from.flatMap(sourcesOf), ...tailOf(rule) })),
      egress: egress?.map((rule) => {
        const to = rule.to.flatMap((destination) => destinationsOf(destination, clusterSpecOf(this)));
        return { ...headOf(rule), to, ...tailOf(rule) };
      }),
    });
    const object = new ApiObject(this, 'Resource', {
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: props.name ?? id },
      spec: Lazy.any({ produce }),
    });
    // It lives in no namespace, but cdk8s gives every object that of its chart.
    if (Chart.of(this).namespace !== undefined) patchAtCreation(object, JsonPatch.remove('/metadata/namespace'));
    this.node.addValidation(producible(produce));
  }
}

/** The types rule most of it out, but not every runner checks types. */
function assertRules(path: string, { ingress = [], egress = [] }: ClusterNetworkPolicyProps): void {
  const rules = [
    ...ingress.map(({ from, ports }, n) => ({ place: `ingress[${n}]`, field: 'from', peers: from, ports })),
    ...egress.map(({ to, ports }, n) => ({ place: `egress[${n}]`, field: 'to', peers: to, ports })),
  ];
  const fail = (problem: string) => {
    throw new Error(`Unable to create ClusterNetworkPolicy "${path}": ${problem}`);
  };
  if (rules.length === 0) fail('give it rules in `ingress` or `egress`; without them it decides nothing.');
  for (const { place, field, peers, ports } of rules) {
    const isEmpty: boolean = !peers?.length;
    if (isEmpty) fail(`${place} needs somebody in \`${field}\`; every pod of the cluster is pods({}).`);
    if (ports?.length === 0) fail(`${place} needs a port in \`ports\`; leave \`ports\` out to mean all traffic.`);
  }
}

function headOf({ name, action }: ClusterRule): object {
  return { ...(name === undefined ? {} : { name }), action };
}

function tailOf({ ports }: ClusterRule): object {
  return ports ? { protocols: ports.map(clusterProtocol) } : {};
}
