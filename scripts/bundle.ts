/** What `npm run build` ends with: puts the compiled modules into the few files that are published. */
import { bundle } from './bundle/bundle';

void bundle(process.cwd());
