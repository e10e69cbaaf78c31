import { account } from '../core/file';

export const CONSUL_USER = account(991);
