import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { attachOwn } from '../synth/hook';
import { clusterSpecOf } from '../synth/registry';
import type { Endpoint } from './endpoint-ref';
import { appliesTo } from './network-policy';
import { emitPolicy, type PolicySpec, producible, toClusterDns } from './policy-spec';

export interface AllowDnsProps {
  /** Pods of the chart's namespace: one workload, or `pods({ ... })`. @default - all of them */
  readonly from?: Endpoint;
  /** The port on which the cluster's DNS pods themselves listen, e.g. 5353 on OpenShift (DNS-26). @default 53 */
  readonly port?: number;
  /** Name of the object. @default - the id */
  readonly name?: string;
}

/** Lets pods of the chart's namespace look up names at the cluster's DNS, beside a policy that denies egress (DNS-29). */
export class AllowDns extends Construct {
  constructor(scope: Construct, id: string, props: AllowDnsProps = {}) {
    super(scope, id);
    attachOwn(this);
    const produce = (): PolicySpec => {
      const policy = { namespace: Chart.of(this).namespace ?? 'default', cluster: clusterSpecOf(this) };
      return {
        podSelector: props.from ? appliesTo(props.from, policy) : {},
        policyTypes: ['Egress'],
        egress: [toClusterDns(props.port)],
      };
    };
    emitPolicy(this, 'Resource', { name: props.name ?? id }, produce);
    this.node.addValidation(producible(produce));
  }
}
