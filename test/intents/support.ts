import { type CheckInput, type CheckReport, check } from '../../lib/intents/check';
import type { EndpointRef } from '../../lib/intents/endpoint';
import type { Intent } from '../../lib/intents/intent';

type Verb<T> = T extends unknown ? Omit<T, 'id' | 'origin'> : never;

let counter = 0;

/** A promise as the constructs record it. */
export function promise(intent: Verb<Intent>): Intent {
  counter += 1;
  return { id: `test/${counter}`, origin: {}, ...intent } as Intent;
}

export function app(name: string, namespace = 'shop'): EndpointRef {
  return { kind: 'object', object: 'Deployment', namespace, name };
}

export function portOf(of: EndpointRef, port: string | number): EndpointRef {
  return { kind: 'port', of, port };
}

export const internet: EndpointRef = { kind: 'internet' };

/** Checks promises on plain manifests, each called by its kind and name. */
export function checking(
  manifests: readonly object[],
  intents: readonly Intent[],
  profile: CheckInput['profile'] = {},
): CheckReport {
  const withOrigins = manifests.map((object) => {
    const { kind, metadata } = object as { kind: string; metadata: { name: string } };
    return { object, origin: { construct: `${kind}/${metadata.name}` } };
  });
  return check({ manifests: withOrigins, profile, intents });
}

export function codes(report: CheckReport): readonly string[] {
  return [...report.faults.map((fault) => fault.code), ...report.findings.map((finding) => finding.code)];
}

/** The code of each broken promise, also of those that are told with another of the same cause. */
export function codesOfPromises(report: CheckReport): readonly string[] {
  return report.findings.flatMap(({ code, also }) => [code, ...also.map(() => code)]);
}
