import { Testing } from 'cdk8s';
import { Cni, DnsApp, Network, NetworkPolicy, PodNetwork, type PodNetworkProps, pods, verify } from 'portolan';
import { MessageBoard } from '../../examples/message-board/message-board';

const calico: PodNetworkProps = {
  cni: Cni.calico(),
  podCidr: '10.244.0.0/16',
  serviceCidr: '10.96.0.0/12',
  nodeCidr: '192.168.0.0/24',
};

function boardOn(network: PodNetworkProps): MessageBoard {
  const app = Testing.app();
  new PodNetwork(app, 'network', network);
  return new MessageBoard(app);
}

describe('the promises of the message board', () => {
  test.each<[string, PodNetworkProps]>([
    ['calico', calico],
    ['cilium', { ...calico, cni: Cni.cilium() }],
    ['kindnet', { ...calico, cni: Cni.kindnet() }],
  ])('are kept on %s', (_, network) => {
    const { faults, findings, kept } = verify(boardOn(network));
    expect({ faults, findings }).toEqual({ faults: [], findings: [] });
    const promises = [...new Set(kept.map(({ intent }) => intent))];
    expect(promises.filter(({ implied }) => !implied)).toHaveLength(10);
  });

  test.each<[string, (board: MessageBoard) => unknown, string]>([
    ['a page that asks the store itself', (board) => board.web.use(board.store.port('client')), 'PTL902 store:client'],
    [
      'a rule for whoever calls itself a member',
      (board) =>
        new NetworkPolicy(board, 'members', {
          appliesTo: board.store,
          allowFrom: [{ from: [pods({ role: 'member' }, { namespace: 'board' })], ports: [2380] }],
        }),
      'PTL113 store:peer',
    ],
    [
      'another app with a door',
      (board) => new DnsApp(board, 'admin', { image: 'a', ports: { http: 80 }, expose: { type: 'NodePort' } }),
      'PTL120 namespace board',
    ],
  ])('are broken by %s', (_, open, finding) => {
    const board = boardOn(calico);
    open(board);
    expect(verify(board).findings.map(({ code, subject }) => `${code} ${subject}`)).toContain(finding);
  });
});

test('the map of the board holds what its apps declare and nothing else', () => {
  const { connections } = Network.from(Testing.synth(boardOn(calico)) as readonly object[], calico).map();
  const own = /^board\/(.+)\[\w+\]$/;
  const calls = [...connections]
    .filter(({ src, dst }) => own.test(src) && own.test(dst))
    .map(({ src, dst, traffic }) => `${own.exec(src)![1]} => ${own.exec(dst)![1]} : ${traffic}`);
  expect(calls).toEqual([
    'api => store : TCP 2379',
    'backup => store : TCP 2379',
    'scraper => api : TCP 9090',
    'web => api : TCP 8080',
  ]);
});
