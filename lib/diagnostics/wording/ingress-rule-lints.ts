import type { LintOf } from '../../model/finding/lint';
import { listed } from '../reason';
import { requestsText } from './ingress-lints';
import type { LintWording } from './lint-words';
import { didYouMean, quoted } from './wording';

type IngressRuleLint = LintOf<'PTL410' | 'PTL411' | 'PTL412' | 'PTL413' | 'PTL414' | 'PTL415' | 'PTL416'>;

/** Lints about which requests the rules of Ingresses take. */
export function ingressRuleWording(lint: IngressRuleLint): LintWording {
  switch (lint.code) {
    case 'PTL410':
      return classOfNobody(lint);
    case 'PTL411':
      return claimedTwice(lint);
    case 'PTL412':
      return neverWins(lint);
    case 'PTL413':
      return tlsWithoutRule(lint);
    case 'PTL414':
      return ruleWithoutTls(lint);
    case 'PTL415':
      return certificateOfAnother(lint);
    case 'PTL416':
      return takesMore(lint);
  }
}

function classOfNobody(lint: LintOf<'PTL410'>): LintWording {
  const { object, className = '', problem, controller, has, didYouMean: meant } = lint;
  const told = `Ingress ${quoted(`${object.namespace}/${object.name}`)} is served by nobody`;
  const there =
    has.length === 0 ? 'there is none' : `there ${has.length === 1 ? 'is' : 'are'} ${listed(has.map(quoted))}`;
  const rule = 'Each controller serves the Ingresses of its class; of others nobody takes notice (ING-13).';
  switch (problem) {
    case 'none':
      return {
        title: `${told}: it has no class, and there is no default one`,
        label: 'no ingressClassName',
        why: `An Ingress without a class gets the IngressClass that is marked as the default one (ING-12). Without one only a controller serves it that is told to, and none of the profile is.`,
        fix: has.length === 0 ? 'give it a class' : `write ${quoted(`ingressClassName: ${has[0]}`)}`,
      };
    case 'no-class':
      return {
        title: `${told}: there is no class ${quoted(className)}`,
        label: meant === undefined ? there : `no class has this name${didYouMean(meant)}`,
        why: `${rule} The API server does not check that there is such a class.`,
        fix:
          meant === undefined
            ? 'name a class that a controller serves; where its IngressClass is declared elsewhere, nothing is wrong'
            : `write ${quoted(meant)}`,
      };
    case 'no-controller':
      return {
        title: `${told}: class ${quoted(className)} is for ${controller}`,
        label: "the profile's `ingress` has no such controller",
        why: `${rule} An IngressClass names its controller in \`spec.controller\`.`,
        fix: "name a class that a controller of the profile serves, or that controller in the profile's `ingress`",
      };
  }
}

function claimedTwice({ object, claimed, backend, twin, twinBackend }: LintOf<'PTL411'>): LintWording {
  const isOwn = object.namespace === twin.namespace && object.name === twin.name;
  const [mine, other] = [quoted(backend), quoted(twinBackend)];
  const who = isOwn ? 'another rule of this Ingress' : `Ingress ${quoted(`${twin.namespace}/${twin.name}`)}`;
  return {
    title: `${requestsText(claimed)} is sent to ${mine} and to ${other}`,
    label: `${who} sends it to ${other}`,
    why: 'Which of two rules for one host and path goes first no API says (ING-08, ING-17). ingress-nginx takes that of the older Ingress, its admission webhook refuses the second, and others choose in their own way.',
    fix: 'give one of them another path or host, or leave one out',
  };
}

const CERTIFICATES = 'The hosts of `tls` say for which names a connection is answered with the certificate';

function tlsWithoutRule({ host, didYouMean: meant }: LintOf<'PTL413'>): LintWording {
  return {
    title: `${quoted(host)} has a certificate and no rule`,
    label: `no rule of any Ingress here is for this host${didYouMean(meant)}`,
    why: `${CERTIFICATES}; they make no routes, so that requests for a host without a rule are answered 404 (ING-16).`,
    fix:
      meant === undefined
        ? `add a rule for ${quoted(host)}, or leave the host out; where its rules are made elsewhere, nothing is wrong`
        : `write ${quoted(meant)}`,
  };
}

function ruleWithoutTls({ host, covered }: LintOf<'PTL414'>): LintWording {
  return {
    title: `${quoted(host)} has a rule and no certificate, unlike ${listed(covered.map(quoted))}`,
    label: 'no hosts of `tls` cover it',
    why: `${CERTIFICATES}; for other hosts the controller shows its default one, and answers plain HTTP without sending clients to HTTPS (ING-16).`,
    fix: `add ${quoted(host)} to the hosts of ${quoted('tls')}; where plain HTTP is meant, give the host an Ingress of its own`,
  };
}

function certificateOfAnother({ host, secret, names, because }: LintOf<'PTL415'>): LintWording {
  const isRead = names !== undefined;
  return {
    title: isRead
      ? `the certificate for ${quoted(host)} is not one for it, in the Secret ${quoted(secret)}`
      : `there is no certificate for ${quoted(host)} in the Secret ${quoted(secret)}`,
    label: !isRead
      ? because
      : names.length === 0
        ? 'the certificate names no host'
        : `the certificate is for ${listed(names.map(quoted))}`,
    why: 'Clients refuse a certificate that does not name the host which they asked for; a `*` in it stands for exactly one label. Some controllers show one of their own instead (ING-16).',
    fix: isRead
      ? `name the Secret of a certificate for ${quoted(host)}, or have this one made for it`
      : 'put a certificate into `tls.crt` and its own private key into `tls.key`; where these are filled in later, nothing is wrong',
  };
}

function neverWins(lint: LintOf<'PTL412'>): LintWording {
  const { claimed, backend, controller, twinPath, twinBackend } = lint;
  return {
    title: `${requestsText(claimed)} never leads to ${quoted(backend)}: ${controller} sends all of it to ${quoted(twinBackend)}`,
    label: `the rule for ${quoted(twinPath)} goes first`,
    why: `${ORDERS[lint.rule]} (${lint.rule}); by the API Exact goes before Prefix, and case counts (ING-06, ING-08).`,
    fix: 'give the path a text that the other rule does not have, or leave out the one that is left over',
  };
}

const ORDERS = {
  'ING-18':
    'On ingress-nginx one use-regex or rewrite-target makes all paths of a host expressions that ignore case and type',
  'ING-21': 'Traefik takes the longer rule, and the one that it writes for a Prefix is longer than the one for Exact',
} as const;

function takesMore(lint: LintOf<'PTL416'>): LintWording {
  const { claimed, backend, example, controller, compares, twinPath, twinBackend } = lint;
  const isText = compares === 'text';
  return {
    title: `${requestsText(claimed)} takes ${quoted(example)} too, and sends it to ${quoted(backend)} instead of ${quoted(twinBackend)}`,
    label: `${controller} compares it by its characters; ${quoted(example)} is for ${quoted(twinPath)} elsewhere`,
    why: isText
      ? 'Traefik takes a Prefix for the first characters of a path, unless it is told strictPrefixMatching; other controllers compare whole elements (ING-21, ING-06).'
      : 'One use-regex or rewrite-target on any Ingress of a host makes all its paths regular expressions of ingress-nginx, which are open at their end; others compare whole elements (ING-18, ING-06).',
    fix: isText
      ? "set strictPrefixMatching in Traefik, and `strictPrefixMatching: true` in the profile's `ingress`"
      : `write ${quoted(`${claimed.path}(/|$)`)} with type ImplementationSpecific, or give what needs the annotation a host of its own`,
  };
}
