import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { attachOwn } from '../synth/hook';
import { clusterSpecOf } from '../synth/registry';
import { type Endpoint, endpointRef } from './endpoint-ref';
import { oneWorkloadOf, peersOf, selectorSpec } from './policy-peers';
import { policyPort, type RulePort } from './policy-ports';
import { emitPolicy, type LabelSelectorSpec, type PolicyScope, type PolicySpec, producible } from './policy-spec';

export interface AllowFrom {
  /** Who may come in. @default - everybody */
  readonly from?: readonly [Endpoint, ...Endpoint[]];
  /** On which ports. @default - all */
  readonly ports?: readonly [RulePort, ...RulePort[]];
}

export interface AllowTo {
  /** Where the pods may send. @default - everywhere */
  readonly to?: readonly [Endpoint, ...Endpoint[]];
  /** On which ports. @default - all */
  readonly ports?: readonly [RulePort, ...RulePort[]];
}

export interface NetworkPolicyProps {
  /** The pods that the policy is about: one workload of this namespace, or `pods({ ... })`; all of it for `pods({})`. */
  readonly appliesTo: Endpoint;
  /** What may come in; nothing else does. An empty list keeps everything out. @default - the policy is not about ingress */
  readonly allowFrom?: readonly AllowFrom[];
  /** What may go out; nothing else does. An empty list keeps everything in. @default - the policy is not about egress */
  readonly allowTo?: readonly AllowTo[];
  /** Name of the object. @default - the id */
  readonly name?: string;
}

/**
 * A NetworkPolicy written by hand, for what `uses` can't express. It only adds to what other policies of the same pods allow.
 * It concerns the directions whose props are given.
 */
export class NetworkPolicy extends Construct {
  constructor(scope: Construct, id: string, props: NetworkPolicyProps) {
    super(scope, id);
    attachOwn(this);
    const { path } = this.node;
    if (!props.allowFrom && !props.allowTo) {
      throw new Error(
        `Unable to create NetworkPolicy "${path}": give allowFrom or allowTo; an empty list lets nothing through.`,
      );
    }
    for (const { from, ports } of props.allowFrom ?? []) assertRule(path, { from, ports });
    for (const { to, ports } of props.allowTo ?? []) assertRule(path, { to, ports });
    const produce = (): PolicySpec => {
      const policy = { namespace: Chart.of(this).namespace ?? 'default', cluster: clusterSpecOf(this) };
      const { allowFrom, allowTo } = props;
      return {
        podSelector: appliesTo(props.appliesTo, policy),
        policyTypes: [...(allowFrom ? (['Ingress'] as const) : []), ...(allowTo ? (['Egress'] as const) : [])],
        ingress: allowFrom?.map(({ from, ports }) => ({
          from: from?.flatMap((peer) => peersOf(peer, policy)),
          ports: ports?.map(policyPort),
        })),
        egress: allowTo?.map(({ to, ports }) => ({
          to: to?.flatMap((peer) => peersOf(peer, policy)),
          ports: ports?.map(policyPort),
        })),
      };
    };
    emitPolicy(this, 'Resource', { name: props.name ?? id }, produce);
    this.node.addValidation(producible(produce));
  }
}

/** The types rule an empty list out, but not every runner checks types, and it means the reverse of what it says. */
function assertRule(path: string, lists: Readonly<Record<string, readonly unknown[] | undefined>>): void {
  for (const [field, list] of Object.entries(lists)) {
    if (list?.length === 0) {
      throw new Error(
        `Unable to create NetworkPolicy "${path}": Kubernetes reads an empty \`${field}\` as no limit at all (NP-07). ` +
          `Leave \`${field}\` out to say so, or leave the rule out to let nothing through.`,
      );
    }
  }
}

/** The selector of the one workload, or of the pods, that a policy of this namespace is about. */
export function appliesTo(subject: Endpoint, policy: PolicyScope): LabelSelectorSpec {
  if (Construct.isConstruct(subject)) {
    const pods = oneWorkloadOf(subject);
    assertNamespace(pods.namespace, policy);
    return pods.selector;
  }
  const ref = endpointRef(subject);
  if (ref.kind === 'namespace') {
    assertNamespace(ref.name, policy);
    return {};
  }
  if (ref.kind !== 'pods' || ref.namespaceLabels) {
    throw new Error(
      'Unable to apply a policy to this: give an app or another workload of the namespace, or pods({ ... }).',
    );
  }
  assertNamespace(ref.namespace ?? policy.namespace, policy);
  return selectorSpec(ref.labels);
}

function assertNamespace(namespace: string, policy: PolicyScope): void {
  if (namespace === policy.namespace) return;
  throw new Error(
    `Unable to apply a policy of namespace "${policy.namespace}" to pods of "${namespace}": ` +
      'a NetworkPolicy selects pods of its own namespace only. Create it in the chart of those pods.',
  );
}
