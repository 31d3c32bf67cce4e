import { Cni } from 'portolan';

Cni.calico();
Cni.calico({ encapsulation: 'VXLANCrossSubnet', blockSize: { ipv6: 120 }, pools: [{ cidr: '10.244.0.0/16' }] });

// @ts-expect-error Calico has no Geneve.
Cni.calico({ encapsulation: 'Geneve' });
// @ts-expect-error A pool has a range.
Cni.calico({ pools: [{ blockSize: 26 }] });
// @ts-expect-error A peer has an AS number.
Cni.calico({ bgp: { peers: [{ address: '192.168.1.1' }] } });
// @ts-expect-error What load balancers get is no word of its own.
Cni.calico({ pools: [{ cidr: '192.0.2.0/24', allowedUses: ['Services'] }] });
// @ts-expect-error The name of the dataplane as its documentation writes it.
Cni.calico({ dataplane: 'BPF' });
