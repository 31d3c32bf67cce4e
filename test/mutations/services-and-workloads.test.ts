import { namespaceMutations } from './others';
import { serviceMutations } from './services';
import { holdsFor } from './suite';
import { workloadMutations } from './workloads';

// Clients dial the number (SVC-10), and the name of a namespace is a label that it has without its object (NP-14).
const harmless = ['rename the port', 'delete the Namespace', 'label the Namespace', 'rename the Namespace'];

holdsFor([...serviceMutations(), ...workloadMutations(), ...namespaceMutations()], { harmless });
