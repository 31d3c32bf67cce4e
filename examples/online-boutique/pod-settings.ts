import { ApiObject, JsonPatch } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import type { DnsApp } from 'portolan';

const ORDINARY_USER: k8s.PodSecurityContext = { fsGroup: 1000, runAsGroup: 1000, runAsNonRoot: true, runAsUser: 1000 };

const UNPRIVILEGED: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
};

/** Has all containers of the app run as an ordinary user and without privileges. */
export function harden(app: DnsApp): void {
  const { containers, initContainers } = app.workload;
  patchPods(app, 'securityContext', ORDINARY_USER);
  for (const i of containers.keys()) patchPods(app, `containers/${i}/securityContext`, UNPRIVILEGED);
  for (const i of initContainers.keys()) patchPods(app, `initContainers/${i}/securityContext`, UNPRIVILEGED);
}

/** How long a pod of the app may take to stop. */
export function stopWithin(app: DnsApp, seconds: number): void {
  patchPods(app, 'terminationGracePeriodSeconds', seconds);
}

/** The Deployment stays open for whatever the props of an app don't offer. */
function patchPods(app: DnsApp, field: string, value: unknown): void {
  ApiObject.of(app.workload).addJsonPatch(JsonPatch.add(`/spec/template/spec/${field}`, value));
}
