import { ApiObject, JsonPatch } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { DnsApp, type DnsAppProps } from 'portolan';

const IMAGES = 'us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo';
const VERSION = 'v0.10.6';

/** The image that the shop's authors publish for one of its services. */
export function shopImage(service: string): string {
  return `${IMAGES}/${service}:${VERSION}`;
}

/** No container of the shop needs any privilege. */
export const UNPRIVILEGED: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
};

const ORDINARY_USER: k8s.PodSecurityContext = { fsGroup: 1000, runAsGroup: 1000, runAsNonRoot: true, runAsUser: 1000 };

export interface BoutiqueAppProps<P extends string> extends DnsAppProps<P> {
  /** How long a pod may take to stop, in seconds. @default 30 */
  readonly terminationGracePeriodSeconds?: number;
}

/** What the services of the shop have in common: a house style on top of `DnsApp`. */
export class BoutiqueApp<in P extends string = never> extends DnsApp<P> {
  constructor(scope: Construct, id: string, props: BoutiqueAppProps<P>) {
    super(scope, id, { securityContext: UNPRIVILEGED, ...props });
    // The Deployment stays open for whatever the props don't offer.
    const pod = '/spec/template/spec';
    ApiObject.of(this.workload).addJsonPatch(
      JsonPatch.add(`${pod}/securityContext`, ORDINARY_USER),
      JsonPatch.add(`${pod}/terminationGracePeriodSeconds`, props.terminationGracePeriodSeconds ?? 30),
    );
  }
}
