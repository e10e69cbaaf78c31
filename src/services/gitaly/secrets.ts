import { password, secret } from '../core/secrets';

/** What Praefect shows to every Gitaly. */
export const GITALY_TOKEN = password('gitalyToken');
/** What Gitaly and gitlab-shell sign their questions to the application with. */
export const SHELL_SECRET = secret('gitlabShell', (randomBytes) => randomBytes(32).toString('hex'));
