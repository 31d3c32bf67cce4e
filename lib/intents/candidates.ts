import type { Network } from '../model/network';
import type { Candidate, FixContext } from './candidate';
import type { Change } from './change';
import type { Broken } from './checked';
import { causeOf } from './diagnose';
import type { Cause } from './finding';
import { nameTheBackend } from './fix-backend';
import { goBefore } from './fix-denied';
import { closeNamespace } from './fix-deny';
import { allowDns } from './fix-dns';
import { askTheCluster } from './fix-dns-client';
import { leadIn, useAllEndpoints } from './fix-doors';
import { goByTheRedirect, serveTheClass, showTheCertificate } from './fix-edge';
import { nameTheEnd } from './fix-empty-end';
import { admitSender, admitTunnels, shutOut } from './fix-firewall';
import { hideTheName, nameNobodyElse, nameWhatThereIs } from './fix-name';
import { narrowRules } from './fix-narrow';
import { changeProtocol, nameNamespace } from './fix-near-rule';
import { meetNeed } from './fix-need';
import { makeIngress } from './fix-new-ingress';
import { wayBetweenNodes } from './fix-no-way';
import { serveClients } from './fix-node-service';
import { openEnds } from './fix-open';
import { leavePathOut, takeTheRequest, winTheRequest } from './fix-path';
import { changeNamespace, changePeerLabel, changePort, changeSubject } from './fix-policy-selector';
import { grantReferences, sendConnections } from './fix-route';
import { nameThePods, scaleUp, selectPods } from './fix-service-pods';
import { changeTargetPort, dialTheContainer, serveThePort } from './fix-service-ports';
import { declareUse } from './fix-use';
import { statements } from './free-id';
import { serviceCalled } from './service-edits';

/** What may mend a broken promise, the smallest change first: nobody has tried any of it yet. */
export function candidatesFor(broken: Broken, context: FixContext): readonly Candidate[] {
  const { cause } = broken;
  const { resources } = context;
  switch (cause.code) {
    case 'PTL101':
      return openBoth(broken, context);
    case 'PTL102':
      return letLookUp(broken, cause, context);
    case 'PTL103':
      return [changePort(broken, cause, resources)];
    case 'PTL105':
      return goBefore(broken, cause.stop, cause.denial, resources);
    case 'PTL106':
      return changeProtocol(broken, cause, resources);
    case 'PTL107':
      return nameNamespace(broken, cause, resources);
    case 'PTL104':
      // NP-07: it is the list of ports that is wrong, and only the author knows which were meant.
      return cause.allPorts || cause.inPod ? [] : closing(broken, context);
    case 'PTL113':
    case 'PTL114':
    case 'PTL120':
    case 'PTL701':
      return closing(broken, context);
    case 'PTL110':
      return cause.didYouMean ? [changeSubject(cause.policy, cause.selector, cause.didYouMean, resources)] : [];
    case 'PTL111':
      return cause.didYouMean ? [changePeerLabel(cause.miss.rule, cause.selector, cause.didYouMean, resources)] : [];
    case 'PTL112':
      return [changeNamespace(cause.miss.rule, cause.selector, cause.namespace, resources)];
    case 'PTL121':
      return [...sendConnections(broken, context), ...grantReferences(context), ...leadIn(broken, cause, context)];
    case 'PTL201':
      return serveThePort(broken, cause, context);
    case 'PTL202':
      return selectPods(broken, cause, context);
    case 'PTL203':
      return nameThePods(broken, cause, context);
    case 'PTL204':
      return changeTargetPort(cause, context);
    case 'PTL205':
      return scaleUp(serviceCalled(cause.service, resources), context);
    case 'PTL206':
      return dialTheContainer(cause, context);
    case 'PTL207':
      return useAllEndpoints(cause, context);
    case 'PTL208':
      return serveClients(broken, cause, context);
    case 'PTL402':
    case 'PTL403':
      return nameTheBackend(broken, cause, context);
    case 'PTL404':
      return [...takeTheRequest(broken, cause, context), ...grantReferences(context)];
    case 'PTL405':
      return [...winTheRequest(broken, cause, context), ...grantReferences(context)];
    case 'PTL406':
      return [...serveTheClass(broken, context), ...grantReferences(context), ...makeIngress(broken, context)];
    case 'PTL407':
      return goByTheRedirect(broken, cause, context);
    case 'PTL408':
      return [...showTheCertificate(broken, cause, context), ...grantReferences(context)];
    case 'PTL409':
      return leavePathOut(cause, context);
    case 'PTL501':
      return askTheCluster(broken, cause, context);
    case 'PTL502':
      return nameWhatThereIs(broken, cause.didYouMean, context);
    case 'PTL702':
      return openBoth(broken, context);
    case 'PTL317':
      return wayBetweenNodes(cause, context);
    case 'PTL330':
      return shutOut(cause, context);
    case 'PTL332':
      return admitSender(broken, cause, context);
    case 'PTL901':
      return nameTheEnd(broken, cause, context);
    case 'PTL904':
      return decide(broken, cause, context);
    case 'PTL503':
      return nameNobodyElse(broken, cause, context);
    case 'PTL504':
      return hideTheName(broken, cause, context);
    case 'PTL301':
    case 'PTL303':
    case 'PTL304':
    case 'PTL305':
    case 'PTL306':
      return meetNeed(cause, context);
    default:
      return [];
  }
}

/** What nobody can know of is often written wrongly: in other words it would be known. */
function decide(broken: Broken, { doubts }: Cause & { code: 'PTL904' }, context: FixContext): readonly Candidate[] {
  if (broken.route) return doubts.some(({ rule }) => rule === 'ING-13') ? serveTheClass(broken, context) : [];
  if (doubts.some(({ rule }) => rule === 'NET-11')) return admitTunnels(context);
  return nameWhatThereIs(broken, undefined, context);
}

function letLookUp(broken: Broken, cause: Cause & { code: 'PTL102' }, context: FixContext): readonly Candidate[] {
  const { resources } = context;
  if (cause.wouldConnect || broken.intent.verb === 'toResolve') return allowDns(cause.stop, resources);
  const uses = declareUse(broken, resources);
  return uses.length > 0 ? uses : allowDns(cause.stop, resources).flatMap((dns) => andOpen(dns, broken, context));
}

/** Of more changes to one rule than this none is tried. */
const MOST = 4;

function closing(broken: Broken, { resources }: FixContext): readonly Candidate[] {
  return [...narrowRules(broken, resources), ...closeNamespace(broken, resources)].slice(0, MOST);
}

/** A use, for apps that can declare one; else the rules themselves. */
function openBoth(broken: Broken, { resources, network }: FixContext): readonly Candidate[] {
  const uses = declareUse(broken, resources);
  return uses.length > 0 ? uses : openEnds(broken, resources, network);
}

/** Beside the lookup what else stops the flow: the rule that was meant for it in other words, else one that is missing. */
function andOpen(dns: Change, broken: Broken, context: FixContext): readonly Candidate[] {
  const { resources } = dns;
  const meant = meantRule(broken, context.network);
  return [
    ...(meant ? candidatesFor(meant, { ...context, resources }) : []),
    ...openEnds(broken, resources, context.network),
  ].map(({ fix, ...change }) => ({
    ...change,
    fix: {
      ...fix,
      summary: `${dns.fix.summary}, and ${fix.summary}`,
      // What takes the place of something else stands beside that.
      add: fix.remove === undefined ? statements(dns.fix.add, fix.add) : statements(fix.add, dns.fix.add),
    },
    choice: dns.fix.summary,
  }));
}

/** What stops the flow once its name is found, where that is a rule which was meant for it. */
function meantRule(broken: Broken, network: Network): Broken | undefined {
  const { example } = broken;
  if (!example) return undefined;
  const { cause, blame } = causeOf({ ...example, hops: example.hops.filter(({ hop }) => hop !== 'lookup') }, network);
  return OF_RULES.has(cause.code) ? { ...broken, cause, blame } : undefined;
}

/** Causes that are a slip in a rule. */
const OF_RULES: ReadonlySet<string> = new Set(['PTL103', 'PTL106', 'PTL107', 'PTL110', 'PTL111', 'PTL112']);
