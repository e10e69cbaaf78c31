import { heading } from '../core/starter';
import type { Starter, StarterContext } from '../core/starter';
import { usualStorageOf } from './settings';

/** Gitaly in a new workspace. */
export const gitalyStarter: Starter = { gitlabRb };

function gitlabRb(context: StarterContext): string {
  const { node } = context;
  return [
    heading('Gitaly: holds repositories, and does all that git does with them', 113),
    "gitaly['configuration'] = {",
    `  listen_addr: '${node.address}:8075', # this node`,
    `  prometheus_listen_addr: '${node.address}:9236', # this node`,
    '  # What Praefect says to be let in; not the token the application says to Praefect.',
    "  auth: { token: 'lab-example-gitaly-token' },",
    '  # The name differs between the nodes: Praefect tells the replicas of a repository apart by it.',
    `  storage: [{ name: '${usualStorageOf(context)}', path: '/var/opt/gitlab/git-data/repositories' }],`,
    '}',
  ].join('\n');
}
