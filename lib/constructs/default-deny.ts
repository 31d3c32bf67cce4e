import { Construct } from 'constructs';
import { attachOwn } from '../synth/hook';
import { emitPolicy } from './policy-spec';

export interface DefaultDenyProps {
  /** @default - both */
  readonly directions?: readonly ['ingress' | 'egress', ...('ingress' | 'egress')[]];
  /** Name of the object. @default - the id */
  readonly name?: string;
}

/**
 * Denies every pod of the chart's namespace what no other policy allows, those of other people included.
 * Pods whose egress it denies can't look up names either (DNS-29): see `AllowDns`.
 */
export class DefaultDeny extends Construct {
  constructor(scope: Construct, id: string, props: DefaultDenyProps = {}) {
    super(scope, id);
    attachOwn(this);
    const { directions = ['ingress', 'egress'] } = props;
    const ingress = directions.includes('ingress') ? (['Ingress'] as const) : [];
    const egress = directions.includes('egress') ? (['Egress'] as const) : [];
    emitPolicy(this, 'Resource', { name: props.name ?? id }, () => ({
      podSelector: {},
      policyTypes: [...ingress, ...egress],
    }));
  }
}
