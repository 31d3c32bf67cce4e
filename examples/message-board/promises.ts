import { Intents, internet, namespace } from 'portolan';
import type { MessageBoard } from './message-board';

/** What must hold of the board, beside what its `uses` promise already. */
export function promise(board: MessageBoard): void {
  const intents = Intents.of(board);

  intents.expect(board.store.port('peer')).toBeReachedOnlyBy(board.store).because('members trust whoever gets there');
  intents.expect(board.store.port('client')).toBeReachedOnlyBy(board.store, board.api, board.backup);
  intents.expect(board.web).not.toReach(board.store);
  intents.expect(board.scraper).toReach(board.numbers.port('prometheus'));
  intents.expect(board.scraper).not.toReach(board.api.port('http'));

  intents.expect(board.api).toResolve('store-0.store').to(board.store.pod(0));
  intents.expect(board.backup).toResolve(board.store.dnsName).to(board.store);

  intents.expect(board.web).toBeExposedTo(internet);
  intents.expect(namespace('board')).not.toBeExposedTo(internet, { except: [board.web] });
  intents.expect(namespace('board')).not.toReach(internet);
}
