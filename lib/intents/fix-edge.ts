import { plainHttpAnnotations } from '../model/ingress/controllers/registry';
import { hostRank } from '../model/ingress/hosts';
import type { IngressResource } from '../model/manifest/resources';
import type { Candidate, FixContext } from './candidate';
import type { Broken } from './checked';
import type { Cause } from './finding';
import { isWritten } from './fix-code';
import { rewordPromise } from './fix-words';
import { editIngress, pathOf } from './ingress-edits';
import { near } from './resolve';
import { constructVariable } from './words/variables';
import { wordsOf } from './words/words-of';

/** ING-12, ING-13: the class of a controller that there is, for an Ingress that has the host. */
export function serveTheClass({ route }: Broken, { resources, network }: FixContext): readonly Candidate[] {
  const host = route?.request.host;
  const { ingressClasses, ingressControllers } = network.cluster;
  const classes = [
    ...new Set([
      ...ingressClasses.map(({ name }) => name),
      ...ingressControllers.map(({ controller }) => controller.className),
    ]),
  ];
  const having = resources.filter(
    (r): r is IngressResource =>
      r.type === 'ingress' &&
      r.rules.some((rule) => host !== undefined && hostRank(rule.host?.toLowerCase(), host) > 0),
  );
  return having.flatMap((ingress) => {
    const words = wordsOf(ingress.origin);
    const { className: from } = ingress;
    const meant = from === undefined ? undefined : near(from, classes);
    const others = [...new Set([...(meant === undefined ? [] : [meant]), ...classes])].filter((each) => each !== from);
    return others.map((to) => {
      const fix = {
        summary: `let Ingress ${ingress.namespace}/${ingress.name} be of a class that a controller serves`,
        remove: from === undefined ? undefined : words.ingressClass(from),
        add: words.ingressClass(to),
      };
      return { fix, resources: editIngress(ingress, resources, { className: to }), choice: `class of ${ingress.name}` };
    });
  });
}

/** What becomes of the URL in the answer; else plain HTTP without the redirect that a controller makes by itself. */
export function goByTheRedirect(
  broken: Broken,
  { location }: Cause & { code: 'PTL407' },
  context: FixContext,
): readonly Candidate[] {
  const { intent } = broken;
  if (intent.verb === 'toRedirectTo') {
    if (near(intent.location, [location]) === undefined) return [];
    return rewordPromise(broken, 'promise where the answer leads', { ...intent, location });
  }
  if (intent.verb !== 'toRouteTo' || !/^https?:/.test(location)) return [];
  const subject = { ...intent.subject, url: location };
  return [
    ...rewordPromise(broken, 'promise what becomes of the URL in the answer', { ...intent, subject }),
    ...withoutRedirect(broken, context),
  ];
}

function withoutRedirect({ route }: Broken, { resources }: FixContext): readonly Candidate[] {
  const { ingress } = pathOf(route?.taken?.routed.rule, resources) ?? {};
  if (!ingress) return [];
  const { library } = ingress.origin;
  return plainHttpAnnotations().flatMap(({ key, value }): readonly Candidate[] => {
    const own = ingress.annotations.get(key);
    // What is there already an option of the construct, or a method, has put there.
    if (own !== undefined && library !== undefined) return [];
    const code = (text: string) => {
      const isFirst = own === undefined && !isWritten(ingress, ['metadata', 'annotations']);
      return wordsOf(ingress.origin).annotation(constructVariable(ingress.origin), key, text, isFirst);
    };
    const fix = {
      summary: 'have plain HTTP served as it comes',
      remove: own === undefined ? undefined : code(own),
      add: code(value),
    };
    const annotations = new Map([...ingress.annotations, [key, value]]);
    return [{ fix, resources: editIngress(ingress, resources, { annotations }), choice: fix.summary }];
  });
}

/** Of Secrets with certificates no more than these are tried. */
const MOST_SECRETS = 4;

/** ING-16: the Secret whose certificate is for the host, beside the host in the `tls` of the Ingress. */
export function showTheCertificate(
  { intent, route }: Broken,
  { host }: Cause & { code: 'PTL408' },
  { resources }: FixContext,
): readonly Candidate[] {
  const { ingress } = pathOf(route?.taken?.routed.rule, resources) ?? {};
  if (!ingress) return [];
  const wanted = intent.verb === 'toTerminateTls' ? intent.secret : undefined;
  const secrets = resources.flatMap((r) => (r.type === 'secret' && r.namespace === ingress.namespace ? [r.name] : []));
  const names = wanted ? [wanted.name] : secrets.slice(0, MOST_SECRETS);
  const words = wordsOf(ingress.origin);
  const own = ingress.tls.find(({ hosts }) => hosts.some((each) => hostRank(each.toLowerCase(), host) > 0));
  return names.flatMap((secretName): readonly Candidate[] => {
    const from = own?.secretName;
    if (from === secretName) return [];
    const tls = own
      ? ingress.tls.map((each) => (each === own ? { ...own, secretName } : each))
      : [...ingress.tls, { hosts: [host], secretName }];
    const change = {
      remove: from === undefined ? undefined : words.secret(from),
      add: own ? words.secret(secretName) : words.certificate(host, secretName, ingress.tls.length === 0),
    };
    const summary = 'show the certificate that is for the host';
    return [{ fix: { summary, ...change }, resources: editIngress(ingress, resources, { tls }), choice: summary }];
  });
}
