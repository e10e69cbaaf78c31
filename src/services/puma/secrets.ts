import { password, secret } from '../core/secrets';

/** Of the first user, `root`. */
export const ROOT_PASSWORD = password('rootPassword');
/** The first user's personal access token, in GitLab's form. */
export const ROOT_TOKEN = secret('rootToken', (randomBytes) => `glpat-${randomBytes(20).toString('hex')}`);
/** What Workhorse signs its questions to Puma with. */
export const WORKHORSE_SECRET = password('workhorse');
