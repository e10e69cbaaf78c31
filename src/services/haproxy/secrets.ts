import { password } from '../core/secrets';

export const STATISTICS_PASSWORD = password('haproxyStats');
